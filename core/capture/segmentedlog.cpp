#include "core/capture/segmentedlog.h"
