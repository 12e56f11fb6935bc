#include "core/wire/sse/sseencoder.h"

namespace pushscope {

namespace {
/// One field for each line of the value. CR LF counts as one line break, as it does to the parser.
void appendLines(Bytes &bytes, ByteView field, ByteView value)
{
    while (true) {
        const std::size_t end = value.find_first_of("\r\n");
        bytes += field;
        bytes += value.substr(0, end);
        bytes += '\n';
        if (end == ByteView::npos)
            return;
        value.remove_prefix(value.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
}

/// What must stay on one line is cut at its first line break.
ByteView firstLine(ByteView text)
{
    return text.substr(0, text.find_first_of("\r\n"));
}
} // namespace

Bytes encodeSse(const SseEvent &event)
{
    Bytes bytes;
    bytes.reserve(event.data.size() + event.type.size() + 64);
    if (event.retry)
        bytes.append("retry: ").append(std::to_string(*event.retry)) += '\n';
    if (event.id)
        bytes.append("id: ").append(firstLine(*event.id)) += '\n';
    if (!event.type.empty())
        bytes.append("event: ").append(firstLine(event.type)) += '\n';
    appendLines(bytes, "data: ", event.data);
    return bytes += '\n';
}

Bytes encodeSseComment(ByteView text)
{
    Bytes bytes;
    appendLines(bytes, ": ", text);
    return bytes += '\n';
}

} // namespace pushscope
