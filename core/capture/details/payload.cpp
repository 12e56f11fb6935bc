#include "core/capture/details/payload.h"
