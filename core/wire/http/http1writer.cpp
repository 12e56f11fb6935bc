#include "core/wire/http/http1writer.h"
