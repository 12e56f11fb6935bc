#include "core/wire/tls/tlschannel.h"
