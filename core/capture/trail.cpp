#include "core/capture/trail.h"
