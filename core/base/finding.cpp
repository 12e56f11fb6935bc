#include "core/base/finding.h"
