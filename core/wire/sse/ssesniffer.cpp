#include "core/wire/sse/ssesniffer.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

constexpr ByteView ByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array<ByteView, 4> FieldNames = {"data", "event", "id", "retry"};

} // namespace

SseSniff SseSniffer::feed(ByteView bytes)
{
    for (const char byte : bytes) {
        if (m_verdict != SseSniff::Undecided)
            break;
        const bool isMark =
            m_seen == m_markLength && m_markLength < ByteOrderMark.size() && byte == ByteOrderMark[m_markLength];
        if (++m_seen > Limit)
            m_verdict = SseSniff::Other;
        else if (isMark)
            ++m_markLength;
        else if (m_markLength % ByteOrderMark.size() != 0)
            m_verdict = SseSniff::Other; // bytes of a mark that is none begin an unknown field
        else
            take(byte);
    }
    return m_verdict;
}

void SseSniffer::take(char byte)
{
    if (std::exchange(m_endedWithCr, byte == '\r') && byte == '\n')
        return;
    if (byte == '\r' || byte == '\n')
        endLine();
    else if (!m_isInValue)
        takeNameByte(byte);
}

void SseSniffer::takeNameByte(char byte)
{
    const auto begins = [this](ByteView name) { return name.starts_with(ByteView(m_name.data(), m_nameLength)); };
    if (byte == ':') {
        const ByteView name(m_name.data(), m_nameLength);
        m_hasContent = m_hasContent || name.empty() || name == "data";
        m_isInValue = true;
        if (!name.empty() && std::ranges::find(FieldNames, name) == FieldNames.end())
            m_verdict = SseSniff::Other;
        return;
    }
    if (m_nameLength < m_name.size())
        m_name[m_nameLength++] = byte;
    else
        m_verdict = SseSniff::Other;
    if (std::ranges::none_of(FieldNames, begins))
        m_verdict = SseSniff::Other;
}

void SseSniffer::endLine()
{
    const ByteView name(m_name.data(), std::exchange(m_nameLength, 0));
    const bool hadColon = std::exchange(m_isInValue, false);
    if (name.empty() && !hadColon) {
        if (m_hasContent)
            m_verdict = SseSniff::EventStream;
    } else if (!hadColon) { // a name alone is a field too, but plain it is not
        m_verdict = std::ranges::find(FieldNames, name) == FieldNames.end() ? SseSniff::Other : m_verdict;
    }
}

} // namespace pushscope
