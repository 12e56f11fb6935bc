#include "core/wire/sse/sseblock.h"
