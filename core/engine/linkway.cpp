#include "core/engine/linkway.h"

namespace pushscope {

namespace {

TlsOptions withoutAlpn(TlsOptions tls)
{
    tls.alpn.clear();
    return tls;
}

} // namespace

bool mayBecomeHttp2(const LinkWay &way)
{
    return way.url.isSecure() ? offersHttp2(way.tlsOptions) : way.http == HttpChoice::Http2;
}

bool mayShare(const LinkWay &way, const LinkWay &other)
{
    if (way.sharing.ownConnection || other.sharing.ownConnection || !mayBecomeHttp2(other))
        return false;
    // Without a word from the user a WebSocket takes what is open already, though it would not ask for HTTP/2 itself.
    const bool wantsHttp2 =
        mayBecomeHttp2(way) || (way.webSocket && way.http == HttpChoice::Auto && way.url.isSecure());
    return wantsHttp2 && way.url.isSecure() == other.url.isSecure() && way.route == other.route &&
           way.sharing.enablePush == other.sharing.enablePush &&
           withoutAlpn(way.tlsOptions) == withoutAlpn(other.tlsOptions);
}

} // namespace pushscope
