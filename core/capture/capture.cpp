#include "core/capture/capture.h"
