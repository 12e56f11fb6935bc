#include "core/capture/capturewriter.h"
