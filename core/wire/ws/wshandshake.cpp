#include "core/wire/ws/wshandshake.h"
