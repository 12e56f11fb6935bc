#include "core/engine/ssestorey.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace pushscope {

namespace {

RecordKind kindOf(SseFact::Kind kind)
{
    switch (kind) {
    case SseFact::Kind::Event: return RecordKind::SseEvent;
    case SseFact::Kind::Block: return RecordKind::SseBlock;
    case SseFact::Kind::Comment: return RecordKind::SseComment;
    case SseFact::Kind::Retry: return RecordKind::SseRetry;
    case SseFact::Kind::Unknown: return RecordKind::SseUnknown;
    case SseFact::Kind::Incomplete: return RecordKind::SseIncomplete;
    }
    return RecordKind::SseUnknown;
}

/// A reconnection time beyond what a timer can count is as long as one can.
Milliseconds reconnectionTime(std::uint64_t retry)
{
    return Milliseconds(std::min<std::uint64_t>(retry, std::numeric_limits<std::int32_t>::max()));
}

} // namespace

SseStorey::SseStorey(Recorder &recorder, EventSourceState &state, Trail &body, std::uint64_t limit)
    : m_recorder(recorder), m_state(state), m_body(body), m_decoder(state.lastEventId, limit)
{
    m_state.count.seen = 0;
}

void SseStorey::feed(ByteView bytes)
{
    if (m_state.count.isLimitReached())
        return;
    m_decoder.feed(bytes);
    drain();
}

void SseStorey::settle()
{
    if (std::exchange(m_idChanged, false))
        m_state.lastEventId = m_decoder.lastEventId();
    m_body.forget(m_decoder.oldestNeeded());
}

void SseStorey::finish()
{
    if (!m_state.count.isLimitReached()) {
        m_decoder.finish();
        drain();
    }
    settle(); // the read that reached the limit may have ended the answer too
}

void SseStorey::drain()
{
    SseFact fact{};
    while (!m_state.count.isLimitReached() && m_decoder.next(fact))
        record(fact);
}

void SseStorey::record(const SseFact &fact)
{
    CaptureWriter &writer = m_recorder.writer();
    Record record = m_recorder.begin(kindOf(fact.kind), Direction::In);
    m_body.locate(fact.range, record, writer);
    if (fact.idSet) {
        record.flags |= RecordFlag::IdSet;
        m_state.idSetBy = writer.nextSeq();
        m_state.ids.note(m_state.idSetBy);
        m_idChanged = true;
        if (m_state.resume.isActive())
            m_state.resume.note(m_decoder.lastEventId());
    }
    if (fact.range.begin == 0)
        record.flags |= RecordFlag::StreamStart;
    if (fact.isCut)
        record.flags |= RecordFlag::Cut;
    record.related = m_state.idSetBy.value;
    const Seq seq = m_recorder.append(record);
    m_recorder.findings(seq, fact.range.begin, m_decoder.findings());
    if (fact.kind == SseFact::Kind::Event)
        ++m_state.count.seen;
    else if (fact.kind == SseFact::Kind::Retry)
        m_state.retry = reconnectionTime(fact.retry);
}

} // namespace pushscope
