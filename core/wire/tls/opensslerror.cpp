#include "core/wire/tls/opensslerror.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace pushscope {

std::string takeOpensslError()
{
    const unsigned long code = ERR_peek_error();
    ERR_clear_error();
    const int reason = ERR_GET_REASON(code);
    if (ERR_GET_LIB(code) == ERR_LIB_SSL && reason >= SSL_AD_REASON_OFFSET)
        return std::string("the peer sent the alert \"") + SSL_alert_desc_string_long(reason - SSL_AD_REASON_OFFSET) +
               '"';
    const char *text = code == 0 ? nullptr : ERR_reason_error_string(code);
    return text ? text : "unknown reason";
}

} // namespace pushscope
