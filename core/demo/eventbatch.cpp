#include "core/demo/eventbatch.h"

#include <charconv>

namespace pushscope::demo {

namespace {

/// RFC 6455 section 5.2, the shortest length form.
void appendTextFrameHeader(Bytes &out, std::uint64_t length)
{
    out += static_cast<char>(0x81);
    int lengthBytes = 0;
    if (length < 126) {
        out += static_cast<char>(length);
    } else if (length <= 0xFFFF) {
        out += static_cast<char>(126);
        lengthBytes = 2;
    } else {
        out += static_cast<char>(127);
        lengthBytes = 8;
    }
    for (int i = lengthBytes - 1; i >= 0; --i)
        out += static_cast<char>(length >> (8 * i));
}

} // namespace

void EventBatch::add(ByteView event)
{
    switch (m_framing) {
    case EventFraming::Chunk: {
        char digits[2 * sizeof(std::size_t)];
        m_bytes.append(digits, std::to_chars(digits, digits + sizeof digits, event.size(), 16).ptr);
        m_bytes.append("\r\n").append(event).append("\r\n");
        break;
    }
    case EventFraming::Identity: m_bytes.append(event); break;
    case EventFraming::WsText:
        appendTextFrameHeader(m_bytes, event.size());
        m_bytes.append(event);
        break;
    }
    m_ends.push_back(m_bytes.size());
}

void EventBatch::clear()
{
    m_bytes.clear();
    m_ends.clear();
}

} // namespace pushscope::demo
