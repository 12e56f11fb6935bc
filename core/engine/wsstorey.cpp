#include "core/engine/wsstorey.h"

#include <algorithm>
#include <limits>

namespace pushscope {

namespace {

RecordKind kindOf(WsMessage::Kind kind)
{
    switch (kind) {
    case WsMessage::Kind::Text: return RecordKind::WsText;
    case WsMessage::Kind::Binary: return RecordKind::WsBinary;
    case WsMessage::Kind::Ping: return RecordKind::WsPing;
    case WsMessage::Kind::Pong: return RecordKind::WsPong;
    case WsMessage::Kind::Close: return RecordKind::WsClose;
    }
    return RecordKind::WsBinary;
}

bool isData(const WsMessage &message)
{
    return message.kind == WsMessage::Kind::Text || message.kind == WsMessage::Kind::Binary;
}

/// Where a frame ends that may announce more bytes than a stream can have.
std::uint64_t frameEnd(const WsFrameFact &fact)
{
    const std::uint64_t payloadBegin = fact.range.begin + fact.header.headerLength;
    return payloadBegin + std::min(fact.header.payloadLength, std::numeric_limits<std::uint64_t>::max() - payloadBegin);
}

} // namespace

WsStorey::WsStorey(Recorder &recorder, Trail &tunnel, ControlLedger &controls, const Options &options)
    : m_recorder(recorder), m_tunnel(tunnel), m_controls(controls), m_direction(options.direction),
      m_keepPayloads(options.keepPayloads), m_count(options.count),
      m_decoder(options.direction == Direction::Out ? Role::Client : Role::Server, options.limits.frameBytes),
      m_assembler({options.keepPayloads, options.limits.messageBytes, 0}),
      m_frameHold(recorder.writer().marks(), m_frame.last), m_dataHold(recorder.writer().marks(), m_data.last)
{
}

void WsStorey::feed(ByteView bytes)
{
    m_growing.grow(m_tunnel, m_recorder.writer());
    m_decoder.feed(bytes);
}

void WsStorey::finish()
{
    m_decoder.finish();
    m_finished = true;
}

bool WsStorey::next(WsStep &step)
{
    WsFrameFact fact;
    while (!isLimitReached() && m_decoder.next(fact)) {
        if (fact.kind != WsFrameFact::Kind::Payload)
            recordFrame(fact);
        std::optional<WsMessage> message = m_assembler.take(fact);
        m_findings.clear();
        if (!m_decoder.findings().empty() || !m_assembler.findings().empty())
            takeFindings();
        if (fact.kind == WsFrameFact::Kind::Frame && !isControl(fact.header.opcode))
            followFragments(fact, message ? &*message : nullptr);
        if (message)
            recordMessage(*message);
        if ((message && (m_keepPayloads || !isData(*message))) || !m_findings.empty()) {
            m_message = std::move(message);
            step = {m_message ? &*m_message : nullptr, m_findings};
            return true;
        }
    }
    if (m_finished && !isLimitReached())
        finishMessages();
    m_tunnel.forget(m_assembler.isInsideMessage() ? std::min(m_data.begin, m_frame.begin)
                                                  : m_tunnel.end() - m_decoder.pendingBytes());
    return false;
}

/// What frame and message rules found, on the frame's record; and the message that a violation abandoned.
void WsStorey::takeFindings()
{
    const auto header = m_decoder.findings();
    const auto rules = m_assembler.findings();
    m_findings.assign(header.begin(), header.end());
    m_findings.insert(m_findings.end(), rules.begin(), rules.end());
    m_recorder.findings(m_frame.last, m_frame.begin, m_findings);
    if (const auto abandoned = m_assembler.takeAbandoned())
        recordMessage(*abandoned, m_data, m_dataFlags);
}

/// Keeps where a data message of many frames lies.
void WsStorey::followFragments(const WsFrameFact &fact, const WsMessage *message)
{
    const bool many = message != nullptr ? message->frames > 1 : m_assembler.isInsideMessage();
    if (!many || isReserved(fact.header.opcode))
        return;
    if (fact.header.opcode != WsOpcode::Continuation || !m_data.first.isValid()) {
        m_data = m_frame;
        m_dataFlags = m_frameRecord.flags & RecordFlag::Masked;
    }
    m_data.end = m_frame.end;
    m_data.last = m_frame.last;
}

/// A header is complete, or the end cut one off before it was (then the frame is new to us too).
void WsStorey::recordFrame(const WsFrameFact &fact)
{
    const bool isCutHeader = fact.kind == WsFrameFact::Kind::Truncated && fact.range.begin != m_frame.begin;
    if (fact.kind == WsFrameFact::Kind::Truncated && !isCutHeader && m_frame.last.isValid())
        return;
    const bool truncated = fact.kind == WsFrameFact::Kind::Truncated;
    const std::uint64_t end = truncated ? fact.range.end : frameEnd(fact);
    Record &record = m_frameRecord = m_recorder.begin(RecordKind::WsFrame, m_direction);
    m_tunnel.locate({fact.range.begin, end}, record, m_recorder.writer());
    if (fact.header.masked)
        record.flags |= RecordFlag::Masked;
    if (truncated)
        record.flags |= RecordFlag::Cut;
    const Seq seq = m_recorder.append(record);
    m_frame = {fact.range.begin, end, seq, seq};
    m_growing.begin(seq, end, m_tunnel);
}

/// A message that is complete. One frame in one piece is what nearly all are: it lies where its frame does.
void WsStorey::recordMessage(const WsMessage &message)
{
    const bool many = isData(message) && message.frames > 1;
    if (many || m_frameRecord.has(RecordFlag::Scattered)) {
        recordMessage(message, many ? m_data : m_frame, many ? m_dataFlags : m_frameRecord.flags & RecordFlag::Masked);
    } else {
        Record record = m_frameRecord;
        record.time = m_recorder.recordTime();
        appendMessage(message, record, m_frame);
    }
    if (isData(message)) {
        m_data = Span();
        if (m_count != nullptr)
            ++m_count->seen;
    }
}

void WsStorey::recordMessage(const WsMessage &message, const Span &span, std::uint16_t flags)
{
    Record record = m_recorder.begin(kindOf(message.kind), m_direction);
    m_tunnel.locate({span.begin, std::min(span.end, m_tunnel.end())}, record, m_recorder.writer());
    record.flags |= flags;
    if (message.abandoned)
        record.flags |= RecordFlag::Cut;
    appendMessage(message, record, span);
}

/// A record that knows its bytes, but not yet its kind and frames.
void WsStorey::appendMessage(const WsMessage &message, Record &record, const Span &span)
{
    const Seq next = m_recorder.writer().nextSeq();
    record.kind = kindOf(message.kind);
    record.carrierFirst = Trail::distance(span.first, next);
    record.carrierLast = Trail::distance(span.last, next);
    const bool isPongIn = message.kind == WsMessage::Kind::Pong && m_direction == Direction::In;
    record.related = isPongIn ? m_controls.takePong(message.payload).value : 0;
    if (message.kind == WsMessage::Kind::Close)
        record.related = m_controls.noteClose(m_direction, next).value;
    const Seq seq = m_recorder.append(record);
    if (message.kind == WsMessage::Kind::Ping && m_direction == Direction::Out)
        m_controls.notePing(message.payload, seq);
    if (isPongIn && record.related == 0) {
        const Finding unasked{Rule::WsPongUnasked, span.begin};
        m_recorder.findings(seq, span.begin, {&unasked, 1});
    }
}

void WsStorey::finishMessages()
{
    while (const auto message = m_assembler.finish()) {
        const bool fromData = isData(*message) && m_data.first.isValid();
        const Span &span = fromData ? m_data : m_frame;
        m_recorder.findings(span.last, span.begin, m_assembler.findings());
        recordMessage(*message, span, fromData ? m_dataFlags : m_frameRecord.flags & RecordFlag::Masked);
    }
}

} // namespace pushscope
