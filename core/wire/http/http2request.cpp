#include "core/wire/http/http2request.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace pushscope {

namespace {

/// What an opening request says by HTTP/1.1's means (RFC 8441 section 5).
bool isUpgradeField(const HeaderField &field)
{
    return equalsIgnoreCase(field.name, "Sec-WebSocket-Key");
}

std::string lowerCase(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lowered(c); });
    return result;
}

} // namespace

bool isConnectionSpecific(std::string_view name, std::string_view value)
{
    constexpr std::array<std::string_view, 5> names{"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding",
                                                    "Upgrade"};
    return std::any_of(names.begin(), names.end(),
                       [name](std::string_view known) { return equalsIgnoreCase(name, known); }) ||
           (equalsIgnoreCase(name, "TE") && !equalsIgnoreCase(value, "trailers"));
}

HttpHead http2Request(const HttpHead &http1, std::string_view scheme)
{
    const bool isWebSocket = http1.headers.hasToken("Upgrade", "websocket");
    HttpHead head;
    head.version = HttpVersion::Http2;
    head.method = isWebSocket ? "CONNECT" : http1.method;
    head.target = http1.target;
    head.headers.add(":method", head.method);
    if (isWebSocket)
        head.headers.add(":protocol", "websocket");
    head.headers.add(":scheme", std::string(scheme));
    head.headers.add(":authority", std::string(http1.headers.value("Host").value_or("")));
    head.headers.add(":path", http1.target);
    for (const HeaderField &field : http1.headers) {
        if (!equalsIgnoreCase(field.name, "Host") && !isConnectionSpecific(field.name, field.value) &&
            !(isWebSocket && isUpgradeField(field)))
            head.headers.add(lowerCase(field.name), field.value);
    }
    return head;
}

} // namespace pushscope
