#include "core/engine/streamstorey.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pushscope {

StreamStorey::StreamStorey(Recorder &recorder, Trail &body, By by, EventCount &count, std::uint64_t lineLimit)
    : m_recorder(recorder), m_body(body), m_by(by), m_count(count), m_lineLimit(lineLimit)
{
}

Seq StreamStorey::record(std::uint64_t end, std::uint16_t flags)
{
    const RecordKind kind = m_by == By::Line ? RecordKind::StreamLine : RecordKind::StreamChunk;
    Record record = m_recorder.begin(kind, Direction::In);
    m_body.locate({m_begin, end}, record, m_recorder.writer());
    record.flags |= flags;
    m_begin = end;
    ++m_count.seen;
    return m_recorder.append(record);
}

void StreamStorey::cutLine()
{
    const std::uint64_t begin = m_begin;
    const Seq line = record(begin + m_lineLimit, RecordFlag::Cut);
    const Finding tooLong{Rule::SessionLineKeptInPart, begin + m_lineLimit, 0, static_cast<std::int64_t>(m_lineLimit)};
    m_recorder.findings(line, begin, {&tooLong, 1});
    m_skipping = true;
}

void StreamStorey::feed(ByteView bytes)
{
    if (m_count.isLimitReached())
        return;
    const std::uint64_t start = m_end;
    m_end += bytes.size();
    if (m_by == By::Piece)
        record(m_end, 0);
    else
        feedLines(bytes, start);
    m_body.forget(m_begin);
}

void StreamStorey::feedLines(ByteView bytes, std::uint64_t start)
{
    for (std::size_t from = 0; !m_count.isLimitReached();) {
        const std::size_t lf = bytes.find('\n', from);
        const std::uint64_t end = lf == ByteView::npos ? m_end : start + lf + 1;
        if (!m_skipping && end - m_begin > m_lineLimit)
            cutLine();
        if (m_skipping)
            m_begin = end;
        if (lf == ByteView::npos)
            return;
        if (!std::exchange(m_skipping, false))
            record(end, 0);
        from = lf + 1;
    }
}

void StreamStorey::finish(bool cut)
{
    if (m_begin != m_end && !m_count.isLimitReached())
        record(m_end, cut ? RecordFlag::Cut : std::uint16_t{0});
}

BodyStorey::BodyStorey(Recorder &recorder, Trail &body, Direction direction, std::uint64_t limit)
    : m_recorder(recorder), m_body(body), m_direction(direction), m_limit(limit)
{
}

void BodyStorey::finish()
{
    if (m_size == 0)
        return;
    const std::uint64_t kept = std::min(m_size, m_limit);
    Record record = m_recorder.begin(RecordKind::HttpBody, m_direction);
    m_body.locate({0, kept}, record, m_recorder.writer());
    if (kept < m_size || isLimitReached())
        record.flags |= RecordFlag::Cut;
    const Seq seq = m_recorder.append(record);
    if (record.has(RecordFlag::Cut)) {
        const std::array<Finding, 1> cut{
            Finding{Rule::SessionBodyKeptInPart, kept, 0, static_cast<std::int64_t>(kept)}};
        m_recorder.findings(seq, 0, cut);
    }
}

} // namespace pushscope
