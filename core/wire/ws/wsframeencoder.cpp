#include "core/wire/ws/wsframeencoder.h"
