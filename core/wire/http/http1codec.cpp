#include "core/wire/http/http1codec.h"
