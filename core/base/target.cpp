#include "core/base/target.h"

#include <algorithm>
#include <string_view>

namespace pushscope {

bool isWebSocket(const Target &target)
{
    return target.url.isWebSocket() || target.transport == TransportChoice::WebSocket;
}

bool offersHttp2(const TlsOptions &tls)
{
    return std::ranges::find(tls.alpn, "h2") != tls.alpn.end();
}

bool maySpeakHttp2(const Target &target)
{
    switch (target.http) {
    case HttpChoice::Auto: return target.url.isSecure() && (target.tls.alpn.empty() || offersHttp2(target.tls));
    case HttpChoice::Http11: return false;
    case HttpChoice::Http2: return true;
    }
    return false;
}

void takeLastEventId(Target &target)
{
    if (isWebSocket(target))
        return;
    std::erase_if(target.headers, [&target](HeaderField &field) {
        if (!equalsIgnoreCase(field.name, "Last-Event-ID"))
            return false;
        target.lastEventId = field.value;
        return true;
    });
}

std::string displayName(const Target &target)
{
    if (!target.name.empty())
        return target.name;
    std::string_view path = target.url.target;
    path = path.substr(0, path.find('?'));
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const std::string_view segment = path.substr(path.rfind('/') + 1);
    return std::string(segment.empty() ? std::string_view(target.url.host) : segment);
}

} // namespace pushscope
