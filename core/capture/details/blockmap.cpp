#include "core/capture/details/blockmap.h"

#include "core/capture/details/http2details.h"

#include <algorithm>

namespace pushscope {

BlockMap::BlockMap(ByteView frames, std::uint64_t offset)
{
    std::uint64_t begin = 0;
    while (const auto frame = http2FrameIn(frames.substr(begin))) {
        const std::uint64_t payload = begin + Http2FrameHeader::Size;
        const ByteRange &content = frame->payload.content;
        m_fragments.push_back({offset, {payload + content.begin, payload + content.end}});
        offset += content.size();
        begin = std::min<std::uint64_t>(payload + frame->header.length, frames.size());
    }
}

ByteRange BlockMap::inOrigin(const ByteRange &inBlock) const
{
    ByteRange result;
    for (const Fragment &fragment : m_fragments) {
        const std::uint64_t begin = std::max(inBlock.begin, fragment.offset);
        const std::uint64_t end = std::min(inBlock.end, fragment.offset + fragment.range.size());
        if (begin >= end)
            continue;
        if (result.isEmpty())
            result.begin = fragment.range.begin + begin - fragment.offset;
        result.end = fragment.range.begin + end - fragment.offset;
    }
    return result;
}

} // namespace pushscope
