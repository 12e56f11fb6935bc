#include "core/capture/details/wsdetails.h"

#include "core/capture/capture.h"
#include "core/wire/ws/wsframedecoder.h"

#include <algorithm>

namespace pushscope {

namespace {

constexpr std::size_t LongestHeader = 14;

WsFrameHeader headerIn(ByteView origin, Direction direction)
{
    WsFrameDecoder decoder(direction == Direction::Out ? Role::Client : Role::Server);
    decoder.feed(origin.substr(0, LongestHeader));
    WsFrameFact fact;
    if (!decoder.next(fact)) {
        decoder.finish();
        if (!decoder.next(fact))
            return {};
    }
    return fact.header;
}

void takeFrame(const Capture &capture, Seq frame, const WsFrameHeader &header, std::uint64_t limit,
               WsMessageDetails &details)
{
    const std::uint64_t before = details.payload.size();
    if (before < limit) {
        Bytes scratch;
        details.payload +=
            capture.originView(frame, scratch, std::min(limit - before, header.payloadLength), header.headerLength);
        if (header.masked)
            applyMask(details.payload.data() + before, details.payload.size() - before, header.maskingKey);
    }
    details.payloadBytes += header.payloadLength;
    details.wireBytes += capture.record(frame).originLength;
    ++details.frames;
}

bool isCloseOfOther(const Record &candidate, const Record &close)
{
    return candidate.kind == RecordKind::WsClose && candidate.connection == close.connection &&
           candidate.stream == close.stream && candidate.direction != close.direction;
}

} // namespace

WsFrameHeader wsHeaderOf(const Capture &capture, Seq frame)
{
    Bytes scratch;
    return headerIn(capture.originView(frame, scratch, LongestHeader), capture.record(frame).direction);
}

void readWsMessage(const Capture &capture, Seq seq, std::uint64_t limit, WsMessageDetails &details)
{
    const Record &record = capture.record(seq);
    details.payload.clear();
    details.payloadBytes = details.wireBytes = details.frames = 0;
    details.compressed.reset();
    if (record.kind == RecordKind::WsFrame) {
        takeFrame(capture, seq, wsHeaderOf(capture, seq), limit, details);
        return;
    }
    const bool isData = record.kind == RecordKind::WsText || record.kind == RecordKind::WsBinary;
    if (record.carrierFirst != 0 && record.carrierFirst == record.carrierLast && record.carrierFirst < seq.value) {
        const Seq frame(seq.value - record.carrierFirst);
        takeFrame(capture, frame, wsHeaderOf(capture, frame), limit, details);
    } else {
        for (const Seq frame : capture.carriers(seq)) {
            const WsFrameHeader header = wsHeaderOf(capture, frame);
            if (isData && isControl(header.opcode))
                continue; // control frames may stand between the fragments (RFC 6455 section 5.4)
            takeFrame(capture, frame, header, limit, details);
        }
    }
    if (record.has(RecordFlag::Compressed)) {
        details.compressed = details.payloadBytes;
        details.payload = capture.derived(seq, limit);
        details.payloadBytes = record.derivedLength;
    }
}

WsCloseDetails wsCloseOf(ByteView payload)
{
    if (payload.size() < 2)
        return {};
    const auto high = static_cast<unsigned char>(payload[0]);
    const auto low = static_cast<unsigned char>(payload[1]);
    return {static_cast<std::uint16_t>(high << 8 | low), payload.substr(2)};
}

CloseAnswer closeAnswerOf(const Capture &capture, Seq close, Seq from)
{
    const Record &record = capture.record(close);
    const Seq published(capture.counts().records);
    if (record.related != 0 && Seq(record.related) <= published) // it is the answer itself
        return isCloseOfOther(capture.record(Seq(record.related)), record) ? CloseAnswer::Came : CloseAnswer::Missing;
    for (Seq at(std::max(from.value, close.value + 1)); at <= published; ++at.value) {
        const Record &later = capture.record(at);
        if (later.connection != record.connection)
            continue;
        if (isCloseOfOther(later, record)) // one that does not answer says why the connection was failed
            return later.related == close.value ? CloseAnswer::Came : CloseAnswer::Missing;
        if (later.kind == RecordKind::End && (later.stream == 0 || later.stream == record.stream))
            return CloseAnswer::Missing;
    }
    return CloseAnswer::Awaited;
}

} // namespace pushscope
