#include "core/wire/http/http2framescanner.h"

#include <algorithm>

namespace pushscope {

void Http2FrameScanner::feed(ByteView input)
{
    m_input = input;
    m_at = 0;
}

std::optional<Http2FrameHeader> Http2FrameScanner::next()
{
    const std::size_t skipped = std::min(m_skip, m_input.size() - m_at);
    m_at += skipped;
    m_skip -= skipped;
    if (m_at == m_input.size())
        return std::nullopt;
    const std::size_t wanted = Http2FrameHeader::Size - m_cut.size();
    const ByteView here = m_input.substr(m_at, wanted);
    m_begin = m_at;
    m_at += here.size();
    if (here.size() < wanted) {
        m_cut += here;
        return std::nullopt;
    }
    const Http2FrameHeader header = parseHttp2FrameHeader(m_cut.empty() ? here : ByteView(m_cut += here));
    m_cut.clear();
    m_skip = header.length;
    return header;
}

} // namespace pushscope
