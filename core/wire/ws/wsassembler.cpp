#include "core/wire/ws/wsassembler.h"
