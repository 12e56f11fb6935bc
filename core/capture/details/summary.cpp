#include "core/capture/details/summary.h"
