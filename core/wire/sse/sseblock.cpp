#include "core/wire/sse/sseblock.h"

#include "core/wire/sse/ssedecoder.h"

namespace pushscope {

namespace {
constexpr ByteView lineEndings = "\r\n";

ByteView withoutByteOrderMark(ByteView text, bool atStreamStart)
{
    if (atStreamStart && text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return text;
}

void takeField(SseBlock &block, const SseLine &line)
{
    if (line.name == "data") {
        if (block.hasData)
            block.data += '\n';
        block.data += line.value;
        block.hasData = true;
    } else if (line.name == "event") {
        block.type = line.value;
    } else if (line.name == "id" && line.value.find('\0') == ByteView::npos &&
               line.value.size() <= SseDecoder::idLimit) {
        block.id = line.value;
    }
}
} // namespace

SseBlock parseSseBlock(ByteView bytes, bool atStreamStart)
{
    SseBlock block;
    bytes = withoutByteOrderMark(bytes, atStreamStart);
    while (!bytes.empty()) {
        const std::size_t end = bytes.find_first_of(lineEndings);
        const ByteView line = bytes.substr(0, end);
        if (!line.empty())
            takeField(block, parseSseLine(line));
        // CR LF leaves an empty line behind, which says nothing inside the bytes of one block.
        bytes.remove_prefix(end == ByteView::npos ? bytes.size() : end + 1);
    }
    return block;
}

SseLine parseSseLine(ByteView line, bool atStreamStart)
{
    line = withoutByteOrderMark(line, atStreamStart);
    line = line.substr(0, line.find_first_of(lineEndings));
    const std::size_t colon = line.find(':');
    if (colon == ByteView::npos)
        return {line, {}};
    ByteView value = line.substr(colon + 1);
    if (colon > 0 && value.starts_with(' ')) // a comment is all that follows the colon
        value.remove_prefix(1);
    return {line.substr(0, colon), value};
}

} // namespace pushscope
