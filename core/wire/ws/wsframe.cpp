#include "core/wire/ws/wsframe.h"
