#include "core/wire/ws/wsframedecoder.h"
