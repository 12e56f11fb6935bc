#include "core/wire/tls/certificateauthority.h"
