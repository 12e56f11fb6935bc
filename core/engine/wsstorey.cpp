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

WsStorey::WsStorey(Recorder &recorder, Trail &tunnel, PingLedger &pings, const Options &options)
    : m_recorder(recorder), m_tunnel(tunnel), m_pings(pings), m_direction(options.direction),
      m_keepPayloads(options.keepPayloads),
      m_decoder(options.direction == Direction::Out ? Role::Client : Role::Server, options.limits.frameBytes),
      m_assembler({options.keepPayloads, options.limits.messageBytes, 0})
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
    while (m_decoder.next(fact)) {
        take(fact);
        const bool isNews = m_message && (m_keepPayloads || !isData(*m_message));
        if (isNews || !m_findings.empty()) {
            step = {m_message ? &*m_message : nullptr, m_findings};
            return true;
        }
    }
    if (m_finished)
        finishMessages();
    m_tunnel.forget(m_assembler.isInsideMessage() ? std::min(m_data.begin, m_frame.begin)
                                                  : m_tunnel.end() - m_decoder.pendingBytes());
    return false;
}

void WsStorey::take(const WsFrameFact &fact)
{
    if (fact.kind != WsFrameFact::Kind::Payload)
        recordFrame(fact);
    m_message = m_assembler.take(fact);

    m_findings.assign(m_decoder.findings().begin(), m_decoder.findings().end());
    const auto rules = m_assembler.findings();
    m_findings.insert(m_findings.end(), rules.begin(), rules.end());
    if (!m_findings.empty())
        m_recorder.findings(m_frame.last, m_frame.begin, m_findings);

    if (const auto abandoned = m_assembler.takeAbandoned())
        recordMessage(*abandoned, m_data, m_dataFlags | RecordFlag::Cut);
    if (fact.kind == WsFrameFact::Kind::Frame && !isControl(fact.header.opcode) && !isReserved(fact.header.opcode)) {
        if (m_assembler.isInsideMessage() || (m_message && m_message->frames > 1)) {
            const bool continues = fact.header.opcode == WsOpcode::Continuation && m_data.first.isValid();
            m_data = {continues ? m_data.begin : m_frame.begin, m_frame.end, continues ? m_data.first : m_frame.first,
                      m_frame.last};
            m_dataFlags = continues ? m_dataFlags : m_frameFlags;
        }
    }
    if (!m_message)
        return;
    const bool manyFrames = isData(*m_message) && m_message->frames > 1;
    recordMessage(*m_message, manyFrames ? m_data : m_frame, manyFrames ? m_dataFlags : m_frameFlags);
    if (isData(*m_message))
        m_data = Span();
}

/// A header is complete, or the end cut one off before it was (then the frame is new to us too).
void WsStorey::recordFrame(const WsFrameFact &fact)
{
    const bool isCutHeader = fact.kind == WsFrameFact::Kind::Truncated && fact.range.begin != m_frame.begin;
    if (fact.kind == WsFrameFact::Kind::Truncated && !isCutHeader && m_frame.last.isValid())
        return;
    Record record = m_recorder.begin(RecordKind::WsFrame, m_direction);
    const std::uint64_t end = fact.kind == WsFrameFact::Kind::Truncated ? fact.range.end : frameEnd(fact);
    m_tunnel.locate({fact.range.begin, end}, record, m_recorder.writer());
    m_frameFlags = fact.header.masked ? RecordFlag::Masked : std::uint16_t{0};
    record.flags |= m_frameFlags;
    if (fact.kind == WsFrameFact::Kind::Truncated)
        record.flags |= RecordFlag::Cut;
    const Seq seq = m_recorder.append(record);
    m_frame = {fact.range.begin, end, seq, seq};
    m_growing.begin(seq, end, m_tunnel);
}

void WsStorey::recordMessage(const WsMessage &message, const Span &span, std::uint16_t flags)
{
    Record record = m_recorder.begin(kindOf(message.kind), m_direction);
    CaptureWriter &writer = m_recorder.writer();
    m_tunnel.locate({span.begin, std::min(span.end, m_tunnel.end())}, record, writer);
    record.flags |= flags;
    const auto distance = [&](Seq frame) {
        return static_cast<std::uint32_t>(
            std::min<std::uint64_t>(writer.nextSeq().value - frame.value, std::numeric_limits<std::uint32_t>::max()));
    };
    record.carrierFirst = distance(span.first);
    record.carrierLast = distance(span.last);
    if (message.abandoned)
        record.flags |= RecordFlag::Cut;
    const Seq ping = message.kind == WsMessage::Kind::Pong && m_direction == Direction::In
                         ? m_pings.takePong(message.payload)
                         : Seq();
    record.related = ping.value;
    const Seq seq = m_recorder.append(record);
    if (message.kind == WsMessage::Kind::Ping && m_direction == Direction::Out)
        m_pings.notePing(message.payload, seq);
    if (message.kind == WsMessage::Kind::Pong && m_direction == Direction::In && !ping.isValid()) {
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
        recordMessage(*message, span, fromData ? m_dataFlags : m_frameFlags);
    }
}

} // namespace pushscope
