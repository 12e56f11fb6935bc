#include "core/wire/ws/wsendpoint.h"
