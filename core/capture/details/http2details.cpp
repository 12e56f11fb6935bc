#include "core/capture/details/http2details.h"

#include "core/capture/capture.h"

#include <algorithm>

namespace pushscope {

namespace {

/// How many records are looked through for the neighbour of a frame: it comes with one of the next socket reads.
constexpr std::uint64_t FarthestNeighbour = 4096;

bool isNeighbour(const Record &candidate, const Record &frame)
{
    return isHttp2Frame(candidate.kind) && candidate.connection == frame.connection &&
           candidate.direction == frame.direction;
}

/// The frame before or behind another in its direction of the connection; none when it is not near.
Seq neighbourOf(const Capture &capture, Seq frame, bool isBehind)
{
    const std::uint64_t published = capture.counts().records;
    Seq at = frame;
    for (std::uint64_t looked = 0; looked < FarthestNeighbour; ++looked) {
        at.value += isBehind ? 1 : ~0ull;
        if (at.value == 0 || at.value > published)
            return {};
        if (isNeighbour(capture.record(at), capture.record(frame)))
            return at;
    }
    return {};
}

bool beginsBlock(RecordKind kind)
{
    return kind == RecordKind::H2Headers || kind == RecordKind::H2PushPromise;
}

bool endsBlock(const Capture &capture, Seq frame)
{
    const auto details = http2FrameOf(capture, frame, Http2FrameHeader::Size);
    return details && details->header.has(Http2Flag::EndHeaders);
}

/// The frames of a block stand on one stream with nothing between them (RFC 9113 section 6.10).
bool continues(const Capture &capture, Seq later, Seq earlier)
{
    return capture.record(later).kind == RecordKind::H2Continuation &&
           capture.record(later).stream == capture.record(earlier).stream && !endsBlock(capture, earlier);
}

std::uint64_t offsetOf(const Capture &capture, Seq frame)
{
    std::uint64_t offset = 0;
    while (capture.record(frame).kind == RecordKind::H2Continuation) {
        const Seq before = neighbourOf(capture, frame, false);
        if (!before.isValid() || !continues(capture, frame, before))
            break;
        if (const auto details = http2FrameOf(capture, before))
            offset += details->payload.content.size();
        frame = before;
        if (beginsBlock(capture.record(frame).kind))
            break;
    }
    return offset;
}

Seq endOf(const Capture &capture, Seq frame)
{
    while (!endsBlock(capture, frame)) {
        const Seq next = neighbourOf(capture, frame, true);
        if (!next.isValid() || !continues(capture, next, frame))
            return {};
        frame = next;
    }
    return frame;
}

} // namespace

RecordKind http2KindOf(Http2FrameType type)
{
    switch (type) {
    case Http2FrameType::Data: return RecordKind::H2Data;
    case Http2FrameType::Headers: return RecordKind::H2Headers;
    case Http2FrameType::Priority: return RecordKind::H2Priority;
    case Http2FrameType::RstStream: return RecordKind::H2RstStream;
    case Http2FrameType::Settings: return RecordKind::H2Settings;
    case Http2FrameType::PushPromise: return RecordKind::H2PushPromise;
    case Http2FrameType::Ping: return RecordKind::H2Ping;
    case Http2FrameType::Goaway: return RecordKind::H2Goaway;
    case Http2FrameType::WindowUpdate: return RecordKind::H2WindowUpdate;
    case Http2FrameType::Continuation: return RecordKind::H2Continuation;
    case Http2FrameType::Altsvc: return RecordKind::H2Altsvc;
    case Http2FrameType::Origin: return RecordKind::H2Origin;
    case Http2FrameType::PriorityUpdate: return RecordKind::H2PriorityUpdate;
    }
    return RecordKind::H2Unknown;
}

std::uint64_t Http2FrameDetails::dataBytes() const
{
    const std::uint64_t padding = payload.padLength ? *payload.padLength + 1u : 0;
    return header.length - std::min<std::uint64_t>(padding, header.length);
}

std::optional<Http2FrameDetails> http2FrameIn(ByteView origin)
{
    if (origin.size() < Http2FrameHeader::Size)
        return std::nullopt;
    const Http2FrameHeader header = parseHttp2FrameHeader(origin);
    return Http2FrameDetails{header, parseHttp2Payload(header, origin.substr(Http2FrameHeader::Size))};
}

std::optional<Http2FrameDetails> http2FrameOf(const Capture &capture, Seq frame, std::uint64_t limit)
{
    Bytes scratch;
    return http2FrameIn(capture.originView(frame, scratch, limit));
}

Http2BlockDetails http2BlockOf(const Capture &capture, Seq frame)
{
    Http2BlockDetails block{.end = endOf(capture, frame), .offset = offsetOf(capture, frame), .facts = {}};
    if (block.end.isValid()) {
        Bytes scratch;
        block.facts = decodeFacts<FieldBlockFacts>(capture.derivedView(block.end, scratch));
    }
    return block;
}

} // namespace pushscope
