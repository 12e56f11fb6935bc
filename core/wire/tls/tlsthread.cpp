#include "core/wire/tls/tlsthread.h"

#include <openssl/crypto.h>

namespace pushscope {

void releaseTlsThread()
{
    OPENSSL_thread_stop();
}

} // namespace pushscope
