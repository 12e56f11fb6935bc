#include "core/wire/http/httphead.h"
