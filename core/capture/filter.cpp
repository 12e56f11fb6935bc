#include "core/capture/filter.h"
