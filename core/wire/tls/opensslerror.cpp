#include "core/wire/tls/opensslerror.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace pushscope {

namespace {
/// The names of RFC 8446 section 6 and RFC 7301; OpenSSL 3.0 has none for the newest.
std::string alertName(int alert)
{
    if (alert == TLS13_AD_MISSING_EXTENSION)
        return "missing extension";
    if (alert == TLS13_AD_CERTIFICATE_REQUIRED)
        return "certificate required";
    if (alert == TLS1_AD_NO_APPLICATION_PROTOCOL)
        return "no application protocol";
    return SSL_alert_desc_string_long(alert);
}
} // namespace

bool isAlpnRefused()
{
    const unsigned long code = ERR_peek_error();
    return ERR_GET_LIB(code) == ERR_LIB_SSL &&
           ERR_GET_REASON(code) == SSL_AD_REASON_OFFSET + TLS1_AD_NO_APPLICATION_PROTOCOL;
}

std::string takeOpensslError()
{
    const unsigned long code = ERR_peek_error();
    ERR_clear_error();
    const int reason = ERR_GET_REASON(code);
    if (ERR_GET_LIB(code) == ERR_LIB_SSL && reason >= SSL_AD_REASON_OFFSET)
        return "the peer sent the alert \"" + alertName(reason - SSL_AD_REASON_OFFSET) + '"';
    const char *text = code == 0 ? nullptr : ERR_reason_error_string(code);
    return text ? text : "unknown reason";
}

} // namespace pushscope
