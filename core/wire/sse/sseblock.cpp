#include "core/wire/sse/sseblock.h"

#include "core/wire/sse/linescan.h"
#include "core/wire/sse/ssedecoder.h"

#include <algorithm>

namespace pushscope {

namespace {
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

SseLine splitAtColon(ByteView line)
{
    const std::size_t colon = line.find(':');
    if (colon == ByteView::npos)
        return {line, {}};
    ByteView value = line.substr(colon + 1);
    if (colon > 0 && value.starts_with(' ')) // a comment is all that follows the colon
        value.remove_prefix(1);
    return {line.substr(0, colon), value};
}

/// Hands out the block's lines that say something.
template <class Take>
void eachLine(ByteView block, bool atStreamStart, Take take)
{
    block = withoutByteOrderMark(block, atStreamStart);
    while (!block.empty()) {
        // CR LF leaves an empty line behind, which says nothing inside the bytes of one block.
        const ByteView line = block.substr(0, scanLine(block).length);
        block.remove_prefix(std::min(line.size() + 1, block.size()));
        if (!line.empty())
            take(line);
    }
}
} // namespace

SseBlock parseSseBlock(ByteView bytes, bool atStreamStart)
{
    SseBlock block;
    eachLine(bytes, atStreamStart, [&](ByteView line) { takeField(block, splitAtColon(line)); });
    return block;
}

std::uint64_t sseDataLength(ByteView bytes, bool atStreamStart)
{
    std::uint64_t lines = 0;
    std::uint64_t length = 0;
    eachLine(bytes, atStreamStart, [&](ByteView line) {
        constexpr ByteView name = "data";
        if (!line.starts_with(name) || (line.size() > name.size() && line[name.size()] != ':'))
            return;
        ++lines;
        line.remove_prefix(std::min(name.size() + 1, line.size()));
        length += line.size() - (line.starts_with(' ') ? 1 : 0);
    });
    return lines == 0 ? 0 : length + lines - 1;
}

SseLine parseSseLine(ByteView line, bool atStreamStart)
{
    line = withoutByteOrderMark(line, atStreamStart);
    line = line.substr(0, line.find('\n'));
    return splitAtColon(line.substr(0, line.find('\r')));
}

} // namespace pushscope
