#include "core/wire/http/http1parser.h"
