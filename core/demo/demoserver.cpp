#include "core/demo/demoserver.h"
