#include "core/capture/files/jsonlines.h"
