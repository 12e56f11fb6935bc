#include "core/base/curlcommand.h"
