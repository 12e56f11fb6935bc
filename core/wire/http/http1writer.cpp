#include "core/wire/http/http1writer.h"

#include <QtGlobal>

#include <algorithm>
#include <charconv>

namespace pushscope {

namespace {

constexpr std::string_view lineEnd = "\r\n";

bool isSafe(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool isWritable(const Headers &fields)
{
    return std::all_of(fields.begin(), fields.end(),
                       [](const HeaderField &field) { return isSafe(field.name) && isSafe(field.value); });
}

/// Field lines and the blank line behind them (RFC 9112 section 5).
void appendFields(Bytes &out, const Headers &fields)
{
    for (const HeaderField &field : fields) {
        out.append(field.name).push_back(':');
        if (!field.value.empty())
            out.append(1, ' ').append(field.value);
        out.append(lineEnd);
    }
    out.append(lineEnd);
}

} // namespace

bool isWritable(const HttpHead &head)
{
    return isSafe(head.method) && isSafe(head.target) && isSafe(head.reason) && isWritable(head.headers);
}

Bytes writeHttp1Head(const HttpHead &head)
{
    Q_ASSERT(isWritable(head));
    const std::string_view version = head.version == HttpVersion::Http10 ? "HTTP/1.0" : "HTTP/1.1";
    Bytes out;
    out.reserve(64 + 48 * head.headers.size());
    if (head.isRequest)
        out.append(head.method).append(1, ' ').append(head.target).append(1, ' ').append(version);
    else // the space before an empty reason phrase stays (RFC 9112 section 4)
        out.append(version).append(1, ' ').append(std::to_string(head.status)).append(1, ' ').append(head.reason);
    out.append(lineEnd);
    appendFields(out, head.headers);
    return out;
}

void appendChunk(Bytes &out, ByteView data, ByteView extension)
{
    Q_ASSERT(isSafe(extension));
    char size[16];
    const auto written = std::to_chars(size, size + sizeof size, data.size(), 16);
    out.append(size, written.ptr);
    if (!extension.empty())
        out.append(1, ';').append(extension);
    out.append(lineEnd).append(data).append(lineEnd);
}

Bytes writeChunk(ByteView data, ByteView extension)
{
    Bytes out;
    appendChunk(out, data, extension);
    return out;
}

Bytes writeLastChunk(const Headers &trailers)
{
    Q_ASSERT(isWritable(trailers));
    Bytes out = "0\r\n";
    appendFields(out, trailers);
    return out;
}

} // namespace pushscope
