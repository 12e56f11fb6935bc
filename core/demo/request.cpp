#include "core/demo/request.h"

#include <charconv>

namespace pushscope::demo {

Request makeRequest(std::shared_ptr<const HttpHead> head)
{
    Request request;
    const Headers &headers = head->headers;
    request.authority = headers.value(head->version == HttpVersion::Http2 ? ":authority" : "Host").value_or("");
    if (request.authority.empty()) // RFC 9113 section 8.3.1: what was HTTP/1.1 somewhere may have Host instead
        request.authority = headers.value("Host").value_or("");
    for (const char letter : headers.value(":protocol").value_or(""))
        request.protocol += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    std::string_view target = head->target;
    // absolute-form (RFC 9112 section 3.2.2): the guard has looked at its authority.
    if (const std::size_t scheme = target.find("://"); !target.starts_with('/') && scheme != std::string_view::npos) {
        const std::size_t path = target.find('/', scheme + 3);
        target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    target = target.substr(0, target.find('#'));
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string_view::npos)
        request.rawQuery = target.substr(mark + 1);
    request.query = parseQuery(request.rawQuery);
    request.isPersistent = head->version == HttpVersion::Http10 ? head->headers.hasToken("Connection", "keep-alive")
                                                                : !head->headers.hasToken("Connection", "close");
    request.head = std::move(head);
    return request;
}

std::optional<std::uint64_t> lastEventId(const HttpHead &head)
{
    const auto value = head.headers.value("Last-Event-ID");
    if (!value)
        return std::nullopt;
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), id);
    if (error != std::errc() || end != value->data() + value->size())
        return std::nullopt;
    return id;
}

} // namespace pushscope::demo
