#include "core/engine/request.h"

#include "core/base/ascii.h"
#include "core/wire/coding/contentcoding.h"

#include <QByteArray>

namespace pushscope {

namespace {

constexpr std::string_view UserAgent = "pushscope/" PUSHSCOPE_VERSION;

/// Methods whose meaning expects content say so even without any (RFC 9110 section 8.6).
bool needsLength(const RequestShape &shape)
{
    return !shape.body.empty() || shape.method == "POST" || shape.method == "PUT" || shape.method == "PATCH";
}

/// Host first, then ours that the user did not name, then the user's.
HttpHead requestHead(const RequestShape &shape, const std::vector<HeaderField> &ours)
{
    HttpHead head;
    head.method = shape.method;
    head.target = shape.url.target;
    const auto own = [&](std::string_view name, std::string value) {
        if (!fieldNamed(shape.headers, name))
            head.headers.add(std::string(name), std::move(value));
    };
    own("Host", shape.url.authority());
    for (const HeaderField &field : shape.headers) {
        if (equalsIgnoreCase(field.name, "Host"))
            head.headers.add(field.name, field.value);
    }
    for (const HeaderField &field : ours)
        own(field.name, field.value);
    if (!shape.url.user.empty() || !shape.url.password.empty())
        own("Authorization", basicCredentials(shape.url.user, shape.url.password));
    for (const HeaderField &field : shape.headers) {
        if (!equalsIgnoreCase(field.name, "Host"))
            head.headers.add(field.name, field.value);
    }
    if (needsLength(shape) && !fieldNamed(shape.headers, "Transfer-Encoding"))
        own("Content-Length", std::to_string(shape.body.size()));
    return head;
}

} // namespace

ByteView lastEventIdValue(ByteView lastEventId)
{
    return trimmed(lastEventId, OptionalWhitespace); // RFC 9110 section 5.5
}

RequestShape requestShape(const Target &target)
{
    return {target.url, target.method, target.headers, target.body, target.compressed};
}

std::string basicCredentials(std::string_view user, std::string_view password)
{
    const std::string pair = std::string(user) + ":" + std::string(password);
    return "Basic " + QByteArray::fromStdString(pair).toBase64().toStdString();
}

HttpHead eventSourceRequest(const RequestShape &shape, ByteView lastEventId)
{
    std::vector<HeaderField> ours = {
        {"Accept", "text/event-stream"}, {"Cache-Control", "no-cache"}, {"User-Agent", std::string(UserAgent)}};
    if (shape.compressed)
        ours.insert(ours.begin() + 1, {"Accept-Encoding", std::string(OfferedCodings)});
    if (const ByteView id = lastEventIdValue(lastEventId); !id.empty())
        ours.push_back({"Last-Event-ID", std::string(id)});
    return requestHead(shape, ours);
}

HttpHead companionHead(const RequestShape &shape)
{
    return requestHead(shape, {{"Accept", "*/*"}, {"User-Agent", std::string(UserAgent)}});
}

std::vector<HeaderField> webSocketFields(const RequestShape &shape)
{
    std::vector<HeaderField> fields;
    if (!fieldNamed(shape.headers, "User-Agent"))
        fields.push_back({"User-Agent", std::string(UserAgent)});
    if (!fieldNamed(shape.headers, "Authorization") && (!shape.url.user.empty() || !shape.url.password.empty()))
        fields.push_back({"Authorization", basicCredentials(shape.url.user, shape.url.password)});
    fields.insert(fields.end(), shape.headers.begin(), shape.headers.end());
    return fields;
}

HttpHead connectRequest(const Url &url, const ProxyOptions &proxy)
{
    const std::string host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    HttpHead head;
    head.method = "CONNECT";
    head.target = host + ":" + std::to_string(url.port);
    head.headers.add("Host", head.target);
    head.headers.add("User-Agent", std::string(UserAgent));
    if (!proxy.user.empty() || !proxy.password.empty())
        head.headers.add("Proxy-Authorization", basicCredentials(proxy.user, proxy.password));
    return head;
}

} // namespace pushscope
