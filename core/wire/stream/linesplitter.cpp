#include "core/wire/stream/linesplitter.h"

#include <utility>

namespace pushscope {

void LineSplitter::finish(bool cut)
{
    m_isFinished = true;
    m_isCut = cut;
}

void LineSplitter::tell(StreamUnit &unit, bool isCut, std::uint64_t end)
{
    unit = {StreamUnit::Kind::Line, isCut, {m_begin, end}};
    m_begin = m_input.position();
}

bool LineSplitter::next(StreamUnit &unit)
{
    m_findings.clear();
    while (!m_input.isUsedUp()) {
        const ByteView rest = m_input.rest();
        const std::size_t lf = rest.find('\n');
        const bool isEnded = lf != ByteView::npos;
        m_input.advance(isEnded ? lf + 1 : rest.size());
        if (m_isSkipping) {
            m_isSkipping = !isEnded;
            m_begin = m_input.position();
        } else if (pendingBytes() > m_limit) {
            const std::uint64_t end = m_begin + m_limit;
            m_findings.push_back({Rule::SessionLineKeptInPart, end, 0, static_cast<std::int64_t>(m_limit)});
            m_isSkipping = !isEnded;
            tell(unit, true, end);
            return true;
        } else if (isEnded) {
            tell(unit, false, m_input.position());
            return true;
        }
    }
    if (!std::exchange(m_isFinished, false) || pendingBytes() == 0)
        return false;
    tell(unit, m_isCut, m_input.position());
    if (m_isCut)
        m_findings.push_back({Rule::SessionLineCut, m_input.position(), 0, 0});
    return true;
}

} // namespace pushscope
