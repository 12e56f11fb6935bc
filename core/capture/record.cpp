#include "core/capture/record.h"
