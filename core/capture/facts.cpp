#include "core/capture/facts.h"
