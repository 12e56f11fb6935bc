#include "ui/carrier.h"

#include <algorithm>
#include <string_view>

namespace pushscope {

namespace {
constexpr std::string_view EventsPath = "/events";
constexpr std::string_view TicksPath = "/ws/ticks";

/// What both feeds take; the others, such as the reconnection time, make sense for one alone.
constexpr std::array<std::string_view, 7> SharedItems = {"interval", "count", "size", "burst",
                                                         "jitter",   "seed",  "drop"};

std::string withSharedItems(std::string_view query)
{
    std::string kept;
    while (!query.empty()) {
        const std::string_view item = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), item.size() + 1));
        if (std::ranges::find(SharedItems, item.substr(0, item.find('='))) != SharedItems.end())
            (kept += kept.empty() ? '?' : '&') += item;
    }
    return kept;
}

/// Path and query of the demo server's feed as the other carrier has it; others stay as they are.
std::string demoFeed(const std::string &target, bool isWebSocket)
{
    const std::string_view from = isWebSocket ? EventsPath : TicksPath;
    const std::string_view to = isWebSocket ? TicksPath : EventsPath;
    const std::size_t mark = std::min(target.find('?'), target.size());
    if (target.compare(0, mark, from) != 0)
        return target;
    return std::string(to) + withSharedItems(std::string_view(target).substr(std::min(mark + 1, target.size())));
}
} // namespace

Carrier carrierOf(const Target &target)
{
    return {isWebSocket(target), target.http};
}

QString carrierName(Carrier carrier)
{
    const QString transport = carrier.isWebSocket ? QStringLiteral("WebSocket") : QStringLiteral("SSE");
    switch (carrier.http) {
    case HttpChoice::Auto: return transport;
    case HttpChoice::Http11: return transport + QStringLiteral("/1.1");
    case HttpChoice::Http2: return transport + QStringLiteral("/2");
    }
    return transport;
}

Target carriedBy(Carrier carrier, const Target &source, bool isDemo)
{
    Target target = source;
    target.http = carrier.http;
    target.tls.alpn.clear(); // the version decides
    if (carrier.isWebSocket == isWebSocket(source))
        return target;
    const bool isSecure = source.url.isSecure();
    target.url.scheme = carrier.isWebSocket ? (isSecure ? "wss" : "ws") : (isSecure ? "https" : "http");
    if (isDemo)
        target.url.target = demoFeed(source.url.target, carrier.isWebSocket);
    if (carrier.isWebSocket) { // its handshake is a GET without a body (RFC 6455 section 4.1)
        target.method = "GET";
        target.body.clear();
    }
    target.transport = TransportChoice::Auto; // as the scheme, or the answer, says
    return target;
}

} // namespace pushscope
