#include "core/engine/linkway.h"

#include "core/engine/tlsmemory.h"

#include <utility>

namespace pushscope {

namespace {

TlsOptions withoutAlpn(TlsOptions tls)
{
    tls.alpn.clear();
    return tls;
}

/// As curl has it: the last entry for a host and port wins, those for any host ("*") come after.
std::string resolvedAddress(const std::vector<ResolveOverride> &entries, const Url &url)
{
    std::string forHost;
    std::string forAny;
    for (const ResolveOverride &entry : entries) {
        if (entry.port != url.port)
            continue;
        if (equalsIgnoreCase(entry.host, url.host))
            forHost = entry.address;
        else if (entry.host == "*")
            forAny = entry.address;
    }
    return forHost.empty() ? forAny : forHost;
}

Route routeFor(const Url &url, const Target &target, ProxyOptions proxy)
{
    return {url.host, url.port, resolvedAddress(target.resolve, url), std::move(proxy)};
}

/// What ALPN offers when the user named nothing (RFC 9113 section 3.2). A WebSocket asks for HTTP/2 only when told to:
/// few servers take it there.
TlsOptions offersOf(const Target &target)
{
    TlsOptions tls = target.tls;
    if (!tls.alpn.empty())
        return tls;
    switch (target.http) {
    case HttpChoice::Http2: tls.alpn = {"h2"}; break;
    case HttpChoice::Http11: tls.alpn = {"http/1.1"}; break;
    case HttpChoice::Auto:
        if (isWebSocket(target))
            tls.alpn = {"http/1.1"};
        else
            tls.alpn = {"h2", "http/1.1"};
        break;
    }
    return tls;
}

} // namespace

Expected<LinkWay, Error> wayTo(const Url &url, const Target &target, const Environment &environment, TlsMemory &tls)
{
    auto proxy = proxyFor(url, target.proxy, environment);
    if (!proxy)
        return proxy.error();
    LinkWay way;
    way.route = routeFor(url, target, *proxy);
    way.url = url;
    way.tlsOptions = offersOf(target);
    way.http = target.http;
    way.webSocket = isWebSocket(target);
    way.sharing = target.sharing;
    way.limits = target.limits;
    if (url.isSecure()) {
        auto context = tls.contextFor(url, way.tlsOptions);
        if (!context)
            return context.error();
        way.tls = std::move(*context);
        way.tlsSession = tls.session();
    }
    return way;
}

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
