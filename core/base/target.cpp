#include "core/base/target.h"
