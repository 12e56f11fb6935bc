#include "core/capture/details/summary.h"

#include "core/base/finding.h"
#include "core/base/utf8.h"
#include "core/capture/capture.h"
#include "core/capture/details/factfields.h"
#include "core/capture/details/http2summary.h"
#include "core/capture/details/httpdetails.h"
#include "core/capture/details/payload.h"
#include "core/capture/details/words.h"
#include "core/capture/details/wsdetails.h"
#include "core/capture/facts.h"

#include <algorithm>

namespace pushscope {

namespace {

/// What of a long block or line is parsed for a row: rows are made while somebody scrolls.
constexpr std::uint64_t ParsedForARow = 64 * 1024;
/// The same of a chunk-size line, which has a few digits and seldom an extension.
constexpr std::uint64_t ChunkLineForARow = 512;

Summary ofEvent(const Capture &capture, Seq seq, std::size_t previewBytes)
{
    const Record &record = capture.record(seq);
    Bytes scratch;
    const SseBlock block =
        parseSseBlock(capture.originView(seq, scratch, ParsedForARow), record.has(RecordFlag::StreamStart));
    Summary summary;
    if (record.kind == RecordKind::SseEvent) {
        summary.type = block.type.empty() ? "message" : utf8Lossy(block.type);
        summary.size = record.originLength > ParsedForARow ? record.originLength : block.data.size();
        summary.preview = previewOf(block.data, previewBytes, true);
    }
    summary.id = utf8Lossy(record.has(RecordFlag::IdSet) ? block.id.value_or(Bytes())
                                                         : lastEventIdSetBy(capture, Seq(record.related)));
    return summary;
}

Summary ofLine(const Capture &capture, Seq seq, std::size_t previewBytes)
{
    Bytes scratch;
    const Record &record = capture.record(seq);
    const SseLine line = sseLineOf(capture, seq, scratch, ParsedForARow);
    Summary summary{.size = record.originLength > ParsedForARow ? record.originLength : line.value.size(),
                    .preview = previewOf(line.value, previewBytes, true)};
    if (record.kind == RecordKind::SseUnknown)
        summary.type = utf8Lossy(line.name);
    return summary;
}

Summary ofWsMessage(const Capture &capture, Seq seq, std::size_t previewBytes)
{
    const RecordKind kind = capture.record(seq).kind;
    WsMessageDetails details;
    readWsMessage(capture, seq, previewBytes + 1, details); // one more, so that the preview knows of the cut
    Summary summary{.type = std::string(word(kind).substr(3)), .size = details.payloadBytes};
    if (kind == RecordKind::WsClose) {
        const WsCloseDetails close = wsCloseOf(details.payload);
        summary.preview = std::to_string(close.code);
        if (!close.reason.empty())
            summary.preview += " " + previewOf(close.reason, previewBytes, true);
    } else {
        summary.preview = previewOf(details.payload, previewBytes, kind == RecordKind::WsText);
    }
    return summary;
}

Summary ofFrame(const Capture &capture, Seq seq)
{
    const WsFrameHeader header = wsHeaderOf(capture, seq);
    Summary summary{.type = std::string(word(header.opcode)), .size = header.payloadLength};
    summary.preview = summary.type;
    if (header.fin)
        summary.preview += ", fin";
    if (header.rsv != 0)
        summary.preview += ", rsv " + std::to_string(header.rsv);
    summary.preview += ", " + grouped(header.payloadLength) + " B";
    if (header.masked)
        summary.preview += " masked";
    return summary;
}

std::uint32_t promisedStreamOf(const Capture &capture, Seq push)
{
    Bytes scratch;
    return decodeFacts<PushFacts>(capture.derivedView(push, scratch)).promisedStream;
}

Summary ofHead(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    const HttpHead head = httpHeadOf(capture, seq);
    Summary summary{.size = record.originLength};
    if (record.kind == RecordKind::HttpRequest || record.kind == RecordKind::HttpPush) {
        summary.type = utf8Lossy(head.method);
        summary.preview = summary.type + " " + utf8Lossy(head.target) + " HTTP/" + std::string(word(head.version));
        if (record.kind == RecordKind::HttpPush)
            summary.preview += " on stream " + std::to_string(promisedStreamOf(capture, seq));
    } else if (record.kind == RecordKind::HttpResponse) {
        summary.type = std::to_string(head.status);
        summary.preview = summary.type;
        if (const auto type = head.headers.value("Content-Type"))
            summary.preview += " " + utf8Lossy(*type);
        else if (!head.reason.empty())
            summary.preview += " " + utf8Lossy(head.reason);
    } else {
        summary.preview = grouped(head.headers.size()) + (head.headers.size() == 1 ? " field" : " fields");
    }
    return summary;
}

Summary ofChunk(const Capture &capture, Seq seq)
{
    Bytes scratch;
    const ByteView origin = chunkLineOf(capture, seq, scratch, ChunkLineForARow);
    const ChunkDetails chunk = chunkDetailsOf(origin);
    Summary summary{.size = chunk.length, .preview = byteCount(chunk.length)};
    if (!chunk.extension.isEmpty())
        summary.preview += "; " + utf8Lossy(origin.substr(chunk.extension.begin, chunk.extension.size()));
    return summary;
}

/// What it is, and the beginning of a content that reads as text.
Summary ofPart(const Capture &capture, Seq seq, std::size_t previewBytes)
{
    const Payload payload = payloadOf(capture, seq, previewBytes + 1);
    Summary summary{.type = utf8Lossy(payload.mediaType), .size = payload.totalBytes};
    const bool isBinary = payload.mediaType.starts_with("image/") || payload.mediaType.starts_with("audio/") ||
                          payload.mediaType.starts_with("video/");
    summary.preview = isBinary ? byteCount(payload.totalBytes) : previewOf(payload.bytes, previewBytes, payload.isText);
    return summary;
}

Summary ofFinding(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    if (record.derived >= capture.counts().findings)
        return {};
    const FindingEntry &entry = capture.finding(record.derived);
    if (entry.rule >= static_cast<std::uint16_t>(Rule::Count))
        return {};
    const RuleInfo &info = ruleInfo(static_cast<Rule>(entry.rule));
    return {.type = std::string(info.id),
            .size = entry.length,
            .preview = std::string(info.id) + ": " + std::string(info.text)};
}

Summary ofBytes(const Capture &capture, Seq seq, std::size_t previewBytes)
{
    const Payload payload = payloadOf(capture, seq, previewBytes + 1);
    return {.size = payload.totalBytes, .preview = previewOf(payload.bytes, previewBytes, payload.isText)};
}

} // namespace

Summary summarize(const Capture &capture, Seq seq, std::size_t previewBytes)
{
    const Record &record = capture.record(seq);
    switch (record.kind) {
    case RecordKind::SseEvent:
    case RecordKind::SseBlock: return ofEvent(capture, seq, previewBytes);
    case RecordKind::SseComment:
    case RecordKind::SseRetry:
    case RecordKind::SseUnknown: return ofLine(capture, seq, previewBytes);
    case RecordKind::WsText:
    case RecordKind::WsBinary:
    case RecordKind::WsPing:
    case RecordKind::WsPong:
    case RecordKind::WsClose: return ofWsMessage(capture, seq, previewBytes);
    case RecordKind::WsFrame: return ofFrame(capture, seq);
    case RecordKind::HttpRequest:
    case RecordKind::HttpResponse:
    case RecordKind::HttpTrailers:
    case RecordKind::HttpPush: return ofHead(capture, seq);
    case RecordKind::H1Chunk: return ofChunk(capture, seq);
    case RecordKind::Finding: return ofFinding(capture, seq);
    case RecordKind::TcpRead:
    case RecordKind::TcpWrite: return {.size = record.originLength, .preview = byteCount(record.originLength)};
    case RecordKind::Session:
    case RecordKind::Dns:
    case RecordKind::Tcp:
    case RecordKind::Tls:
    case RecordKind::WsOpen:
    case RecordKind::Coding:
    case RecordKind::State:
    case RecordKind::Resume:
    case RecordKind::End:
    case RecordKind::Error: {
        Bytes scratch;
        return summaryOfFacts(record.kind, capture.derivedView(seq, scratch));
    }
    case RecordKind::HttpBody:
    case RecordKind::SseIncomplete:
    case RecordKind::StreamLine:
    case RecordKind::StreamChunk: return ofBytes(capture, seq, previewBytes);
    case RecordKind::StreamPart: return ofPart(capture, seq, previewBytes);
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
    case RecordKind::H2Unknown: return summaryOfHttp2Frame(capture, seq, previewBytes);
    case RecordKind::Count: break;
    }
    return {};
}

} // namespace pushscope
