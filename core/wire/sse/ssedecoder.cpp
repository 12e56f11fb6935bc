#include "core/wire/sse/ssedecoder.h"
