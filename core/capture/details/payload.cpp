#include "core/capture/details/payload.h"

#include "core/capture/capture.h"
#include "core/capture/details/http2details.h"
#include "core/capture/details/httpdetails.h"
#include "core/capture/details/partdetails.h"
#include "core/capture/details/wsdetails.h"

#include <algorithm>

namespace pushscope {

namespace {

Payload cut(Bytes bytes, std::uint64_t limit)
{
    Payload payload{.bytes = std::move(bytes), .isText = true};
    payload.totalBytes = payload.bytes.size();
    payload.bytes.resize(std::min<std::uint64_t>(payload.totalBytes, limit));
    return payload;
}

Payload lineValue(const Capture &capture, Seq seq, std::uint64_t limit)
{
    Bytes scratch;
    return cut(Bytes(sseLineOf(capture, seq, scratch).value), limit);
}

Payload originPayload(const Capture &capture, Seq seq, std::uint64_t limit, bool isText)
{
    return {.bytes = capture.origin(seq, limit), .isText = isText, .totalBytes = capture.record(seq).originLength};
}

Payload wsPayload(const Capture &capture, Seq seq, std::uint64_t limit, bool isText)
{
    WsMessageDetails details;
    readWsMessage(capture, seq, limit, details);
    return {.bytes = std::move(details.payload), .isText = isText, .totalBytes = details.payloadBytes};
}

/// The content; of its head the fields are shown beside it.
Payload partPayload(const Capture &capture, Seq seq, std::uint64_t limit)
{
    const PartDetails part = partOf(capture, seq);
    return {.bytes = capture.origin(seq, limit, part.contentBegin),
            .isText = part.mediaType.starts_with("text/"),
            .totalBytes = capture.record(seq).originLength - part.contentBegin,
            .mediaType = part.mediaType};
}

/// Over HTTP/2 a head is binary: its fields as HTTP/1.1 would write them (RFC 9110 section 5).
Payload fieldLines(const Capture &capture, Seq seq, std::uint64_t limit)
{
    Bytes lines;
    for (const HeaderField &field : httpHeadOf(capture, seq).headers)
        lines.append(field.name).append(": ").append(field.value).append("\r\n");
    return cut(std::move(lines), limit);
}

/// What the frame carries: data, debug data and the like without the fields before and the padding behind, or the whole
/// of a payload that is nothing but fields.
Payload http2Payload(const Capture &capture, Seq seq, std::uint64_t limit)
{
    const auto frame = http2FrameOf(capture, seq);
    if (!frame)
        return {};
    ByteRange range = frame->payload.content;
    if (range.isEmpty() && frame->header.type != Http2FrameType::Data)
        range = {0, frame->header.length};
    return {.bytes = capture.origin(seq, std::min(limit, range.size()), Http2FrameHeader::Size + range.begin),
            .totalBytes = frame->header.type == Http2FrameType::Data ? frame->dataBytes() : range.size()};
}

} // namespace

Payload payloadOf(const Capture &capture, Seq seq, std::uint64_t limit)
{
    switch (const RecordKind kind = capture.record(seq).kind) {
    case RecordKind::SseEvent: return cut(sseBlockOf(capture, seq).data, limit);
    case RecordKind::SseComment:
    case RecordKind::SseRetry:
    case RecordKind::SseUnknown: return lineValue(capture, seq, limit);
    case RecordKind::WsText:
    case RecordKind::WsClose: return wsPayload(capture, seq, limit, kind == RecordKind::WsText);
    case RecordKind::WsFrame:
    case RecordKind::WsBinary:
    case RecordKind::WsPing:
    case RecordKind::WsPong: return wsPayload(capture, seq, limit, false);
    case RecordKind::H2Data:
    case RecordKind::H2Headers:
    case RecordKind::H2Priority:
    case RecordKind::H2RstStream:
    case RecordKind::H2Settings:
    case RecordKind::H2PushPromise:
    case RecordKind::H2Ping:
    case RecordKind::H2Goaway:
    case RecordKind::H2WindowUpdate:
    case RecordKind::H2Continuation:
    case RecordKind::H2Altsvc:
    case RecordKind::H2Origin:
    case RecordKind::H2PriorityUpdate:
    case RecordKind::H2Unknown: return http2Payload(capture, seq, limit);
    case RecordKind::HttpRequest:
    case RecordKind::HttpResponse:
    case RecordKind::HttpTrailers:
    case RecordKind::HttpPush:
        return isOverHttp2(capture.record(seq)) ? fieldLines(capture, seq, limit)
                                                : originPayload(capture, seq, limit, true);
    case RecordKind::H1Chunk:
    case RecordKind::SseBlock:
    case RecordKind::SseIncomplete:
    case RecordKind::StreamLine: return originPayload(capture, seq, limit, true);
    case RecordKind::HttpBody:
    case RecordKind::StreamChunk:
    case RecordKind::Coding: // what could not be decoded
    case RecordKind::TcpRead:
    case RecordKind::TcpWrite: return originPayload(capture, seq, limit, false);
    case RecordKind::StreamPart: return partPayload(capture, seq, limit);
    case RecordKind::Session:
    case RecordKind::Dns:
    case RecordKind::Tcp:
    case RecordKind::Tls:
    case RecordKind::WsOpen:
    case RecordKind::State:
    case RecordKind::Resume:
    case RecordKind::End:
    case RecordKind::Error:
    case RecordKind::Finding:
    case RecordKind::Count: break;
    }
    return {};
}

} // namespace pushscope
