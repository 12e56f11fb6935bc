#include "core/wire/http/headers.h"
