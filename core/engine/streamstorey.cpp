#include "core/engine/streamstorey.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace pushscope {

namespace {

RecordKind kindOf(StreamUnit::Kind kind)
{
    switch (kind) {
    case StreamUnit::Kind::Line: return RecordKind::StreamLine;
    case StreamUnit::Kind::Chunk: return RecordKind::StreamChunk;
    case StreamUnit::Kind::Part: return RecordKind::StreamPart;
    }
    return RecordKind::StreamChunk;
}

} // namespace

StreamStorey::StreamStorey(Recorder &recorder, Trail &body, StreamSplitter splitter, EventCount &count)
    : m_recorder(recorder), m_body(body), m_splitter(std::move(splitter)), m_count(count)
{
}

void StreamStorey::feed(ByteView bytes)
{
    if (m_count.isLimitReached())
        return;
    std::visit([bytes](auto &splitter) { splitter.feed(bytes); }, m_splitter);
    drain();
}

void StreamStorey::endPiece()
{
    auto *pieces = std::get_if<PieceSplitter>(&m_splitter);
    if (pieces == nullptr || m_count.isLimitReached())
        return;
    pieces->endPiece();
    drain();
}

void StreamStorey::finish(bool cut)
{
    if (m_count.isLimitReached())
        return;
    std::visit([cut](auto &splitter) { splitter.finish(cut); }, m_splitter);
    drain();
}

std::uint64_t StreamStorey::pendingBytes() const
{
    return std::visit([](const auto &splitter) { return splitter.pendingBytes(); }, m_splitter);
}

bool StreamStorey::mayEndHere() const
{
    return std::visit([](const auto &splitter) { return splitter.mayEndHere(); }, m_splitter);
}

void StreamStorey::drain()
{
    std::visit(
        [this](auto &splitter) {
            StreamUnit unit;
            while (!m_count.isLimitReached() && splitter.next(unit))
                record(unit, splitter.findings());
            m_body.forget(splitter.oldestNeeded());
        },
        m_splitter);
}

void StreamStorey::record(const StreamUnit &unit, std::span<const Finding> findings)
{
    Record record = m_recorder.begin(kindOf(unit.kind), Direction::In);
    m_body.locate(unit.range, record, m_recorder.writer());
    if (unit.isCut)
        record.flags |= RecordFlag::Cut;
    ++m_count.seen;
    m_recorder.findings(m_recorder.append(record), unit.range.begin, findings);
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
