#include "core/capture/statistics.h"
