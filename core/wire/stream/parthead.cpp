#include "core/wire/stream/parthead.h"

#include "core/base/ascii.h"

#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace pushscope {

namespace {

bool takeLine(ByteView line, std::vector<HeaderField> &fields)
{
    if (line.front() == ' ' || line.front() == '\t') { // RFC 5322 section 2.2.3: the line before goes on
        if (fields.empty())
            return false;
        fields.back().value.append(" ").append(trimmed(line, OptionalWhitespace));
        return true;
    }
    const std::size_t colon = line.find(':');
    const ByteView name = line.substr(0, colon);
    if (colon == ByteView::npos || !isToken(name))
        return false;
    fields.push_back({std::string(name), std::string(trimmed(line.substr(colon + 1), OptionalWhitespace))});
    return true;
}

} // namespace

PartHead readPartHead(ByteView part)
{
    PartHead head;
    std::vector<HeaderField> fields;
    for (std::size_t begin = 0; begin < part.size();) {
        const std::size_t lf = part.find('\n', begin);
        const std::size_t end = lf == ByteView::npos ? part.size() : lf;
        const ByteView line = withoutTrailing(part.substr(begin, end - begin), "\r");
        const std::size_t next = lf == ByteView::npos ? end : lf + 1;
        head.contentBegin = next;
        if (line.empty())
            break;
        if (!takeLine(line, fields) && !head.badLine)
            head.badLine = ByteRange{begin, next};
        begin = next;
    }
    head.headers = Headers(std::move(fields));
    return head;
}

std::optional<std::uint64_t> contentLengthOf(const PartHead &head)
{
    const std::string_view value = head.headers.value("Content-Length").value_or("");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    constexpr std::uint64_t Sane = std::uint64_t(1) << 62; // an offset behind it still is a number
    if (value.empty() || error != std::errc() || end != value.data() + value.size() || length > Sane)
        return std::nullopt;
    return length;
}

} // namespace pushscope
