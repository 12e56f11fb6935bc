#include "core/capture/details/fieldtree.h"
