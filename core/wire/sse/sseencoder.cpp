#include "core/wire/sse/sseencoder.h"
