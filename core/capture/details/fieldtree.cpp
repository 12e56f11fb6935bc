#include "core/capture/details/fieldtree.h"

#include "core/base/finding.h"
#include "core/base/utf8.h"
#include "core/capture/capture.h"
#include "core/capture/details/factfields.h"
#include "core/capture/details/http2fields.h"
#include "core/capture/details/httpdetails.h"
#include "core/capture/details/partdetails.h"
#include "core/capture/details/ssedetails.h"
#include "core/capture/details/words.h"
#include "core/capture/details/wsdetails.h"
#include "core/capture/facts.h"

#include <algorithm>

namespace pushscope {

namespace {

/// What of a value is shown in a field: the payload pane shows all of it.
constexpr std::size_t LongestValue = 1000;

std::string shown(ByteView bytes)
{
    return previewOf(bytes, LongestValue, false);
}

ByteRange rangeOf(ByteView whole, ByteView part)
{
    const auto begin = static_cast<std::uint64_t>(part.data() - whole.data());
    return {begin, begin + part.size()};
}

// ---- WebSocket frames (RFC 6455 section 5.2)

class FrameTable
{
public:
    FrameTable(const WsFrameHeader &header, Direction direction, std::uint64_t size)
        : m_header(header), m_direction(direction), m_size(size)
    {
    }

    std::vector<Field> make()
    {
        bits("fin", m_header.fin ? "1" : "0", 0, 1, m_header.fin ? "the message's last frame" : "more frames follow");
        for (int i = 0; i < 3; ++i) {
            const bool set = (m_header.rsv >> (2 - i) & 1) != 0;
            bits("rsv" + std::to_string(i + 1), set ? "1" : "0", 1 + i, 1,
                 set ? "set though only an extension may give it a meaning" : "");
        }
        bits("opcode",
             std::to_string(static_cast<int>(m_header.opcode)) + " (" + std::string(word(m_header.opcode)) + ")", 4, 4,
             noteOfOpcode());
        bits("mask", m_header.masked ? "1" : "0", 8, 1, noteOfMask());
        bits("payload length", lengthCode(), 9, 7, noteOfLength());
        int bit = 16;
        if (m_header.lengthForm != WsLengthForm::Seven) {
            const int count = m_header.lengthForm == WsLengthForm::Sixteen ? 16 : 64;
            bits("extended payload length", grouped(m_header.payloadLength), bit, count, "");
            bit += count;
        }
        if (m_header.masked)
            bits("masking key", hexPairs(ByteView(reinterpret_cast<const char *>(m_header.maskingKey.data()), 4)), bit,
                 32, "the payload's bytes are combined with it by exclusive or");
        const std::uint64_t end = m_header.headerLength + m_header.payloadLength;
        if (m_header.payloadLength > 0)
            m_fields.push_back(
                {.name = "payload",
                 .value = byteCount(m_header.payloadLength),
                 .range = {m_header.headerLength,
                           std::min(end, std::max<std::uint64_t>(m_size, m_header.headerLength))},
                 .note = m_size < end ? "only " + byteCount(m_size - m_header.headerLength) + " came" : ""});
        return std::move(m_fields);
    }

private:
    void bits(std::string name, std::string value, int first, int count, std::string note)
    {
        const auto end = static_cast<std::uint64_t>((first + count + 7) / 8);
        if (end > m_size)
            return; // the stream's end cut the header
        m_fields.push_back({.name = std::move(name),
                            .value = std::move(value),
                            .range = {static_cast<std::uint64_t>(first / 8), end},
                            .firstBit = first,
                            .bitCount = count,
                            .note = std::move(note)});
    }
    [[nodiscard]] std::string lengthCode() const
    {
        switch (m_header.lengthForm) {
        case WsLengthForm::Seven: return std::to_string(m_header.payloadLength);
        case WsLengthForm::Sixteen: return "126";
        case WsLengthForm::SixtyFour: return "127";
        }
        return {};
    }
    [[nodiscard]] std::string noteOfLength() const
    {
        switch (m_header.lengthForm) {
        case WsLengthForm::Seven: return {};
        case WsLengthForm::Sixteen: return "the length follows in 16 bits";
        case WsLengthForm::SixtyFour: return "the length follows in 64 bits";
        }
        return {};
    }
    [[nodiscard]] std::string noteOfOpcode() const
    {
        if (isReserved(m_header.opcode))
            return "a reserved opcode";
        if (isControl(m_header.opcode))
            return "a control frame";
        return m_header.opcode == WsOpcode::Continuation ? "continues the message before" : "a data frame";
    }
    [[nodiscard]] std::string noteOfMask() const
    {
        if (m_direction == Direction::Out)
            return m_header.masked ? "as a client must" : "a client must mask its frames";
        return m_header.masked ? "a server must not mask its frames" : "as a server must";
    }

    const WsFrameHeader &m_header;
    Direction m_direction;
    std::uint64_t m_size;
    std::vector<Field> m_fields;
};

// ---- lines: heads and event stream blocks

/// Calls take(line) for each line, its ending left out: CR, LF or CR LF.
template <class Take>
void forEachLine(ByteView bytes, Take take)
{
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
        take(bytes.substr(0, end));
        bytes.remove_prefix(end);
        if (bytes.starts_with("\r\n"))
            bytes.remove_prefix(2);
        else if (!bytes.empty())
            bytes.remove_prefix(1);
    }
}

Field headerLine(ByteView origin, ByteView line)
{
    const std::size_t colon = std::min(line.find(':'), line.size());
    ByteView value = line.substr(std::min(colon + 1, line.size()));
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    return {.name = shown(line.substr(0, colon)), .value = shown(value), .range = rangeOf(origin, line)};
}

std::vector<Field> ofHead(ByteView origin, RecordKind kind)
{
    std::vector<Field> fields;
    forEachLine(origin, [&](ByteView line) {
        if (line.empty())
            return;
        if (fields.empty() && kind != RecordKind::HttpTrailers) {
            fields.push_back({.name = kind == RecordKind::HttpRequest ? "request line" : "status line",
                              .value = shown(line),
                              .range = rangeOf(origin, line)});
        } else if (!fields.empty() && (line.front() == ' ' || line.front() == '\t')) {
            Field &folded = fields.back(); // obs-fold (RFC 9112 section 5.2)
            folded.value += shown(line);
            folded.range.end = rangeOf(origin, line).end;
        } else {
            fields.push_back(headerLine(origin, line));
        }
    });
    return fields;
}

std::string noteOfSseField(ByteView name)
{
    if (name == "data" || name == "event" || name == "id" || name == "retry")
        return {};
    return "the standard knows no such field and ignores the line";
}

std::vector<Field> ofBlock(ByteView origin, bool atStreamStart)
{
    std::vector<Field> fields;
    constexpr ByteView mark = "\xEF\xBB\xBF";
    ByteView rest = origin;
    if (atStreamStart && rest.starts_with(mark)) {
        rest.remove_prefix(mark.size());
        fields.push_back(
            {.name = "byte order mark", .range = {0, mark.size()}, .note = "skipped at the stream's start"});
    }
    forEachLine(rest, [&](ByteView line) {
        if (line.empty())
            return;
        const SseLine parsed = parseSseLine(line);
        const bool isComment = line.front() == ':';
        fields.push_back({.name = isComment ? "comment" : shown(parsed.name),
                          .value = shown(parsed.value),
                          .range = rangeOf(origin, line),
                          .note = isComment ? std::string() : noteOfSseField(parsed.name)});
    });
    return fields;
}

std::vector<Field> ofPart(const Capture &capture, Seq seq)
{
    Bytes scratch;
    const PartDetails part = partOf(capture, seq);
    const ByteView head = capture.originView(seq, scratch, part.contentBegin);
    std::vector<Field> fields;
    forEachLine(head, [&](ByteView line) {
        if (!line.empty())
            fields.push_back(headerLine(head, line));
    });
    const std::uint64_t end = capture.record(seq).originLength;
    fields.push_back({.name = "content",
                      .value = byteCount(end - part.contentBegin),
                      .range = {part.contentBegin, end},
                      .note = part.headers.contains("Content-Type") ? "" : "text/plain, since its head names no type"});
    return fields;
}

std::vector<Field> ofChunk(ByteView origin)
{
    const ChunkDetails chunk = chunkDetailsOf(origin);
    std::vector<Field> fields{{.name = "chunk-size",
                               .value = shown(origin.substr(chunk.size.begin, chunk.size.size())),
                               .range = chunk.size,
                               .note = byteCount(chunk.length)}};
    if (!chunk.extension.isEmpty())
        fields.push_back({.name = "chunk-ext",
                          .value = shown(origin.substr(chunk.extension.begin, chunk.extension.size())),
                          .range = chunk.extension});
    return fields;
}

std::vector<Field> ofClose(const Capture &capture, Seq seq)
{
    WsMessageDetails details;
    readWsMessage(capture, seq, LongestValue, details);
    const WsCloseDetails close = wsCloseOf(details.payload);
    std::vector<Field> fields{{.name = "status code", .value = std::to_string(close.code)}};
    if (details.payload.size() < 2)
        fields.back().note = "the frame has none, which counts as 1005 (RFC 6455 section 7.1.5)";
    fields.push_back({.name = "reason", .value = shown(close.reason)});
    return fields;
}

std::vector<Field> ofMessage(const Capture &capture, Seq seq)
{
    WsMessageDetails details;
    readWsMessage(capture, seq, 0, details);
    return {{.name = "frames", .value = grouped(details.frames)},
            {.name = "payload", .value = byteCount(details.payloadBytes)},
            {.name = "on the wire", .value = byteCount(details.wireBytes)}};
}

std::vector<Field> ofFinding(const Capture &capture, const Record &record)
{
    if (record.derived >= capture.counts().findings)
        return {};
    const FindingEntry &entry = capture.finding(record.derived);
    if (entry.rule >= static_cast<std::uint16_t>(Rule::Count))
        return {};
    const RuleInfo &info = ruleInfo(static_cast<Rule>(entry.rule));
    std::vector<Field> fields{{.name = "rule", .value = std::string(info.id), .note = std::string(info.text)},
                              {.name = "record", .value = std::to_string(entry.of)},
                              {.name = "offset", .value = grouped(entry.offset)},
                              {.name = "length", .value = grouped(entry.length)}};
    if (!info.argument.empty())
        fields.push_back({.name = std::string(info.argument), .value = std::to_string(entry.argument)});
    if (!info.section.empty())
        fields.push_back({.name = "standard", .value = std::string(info.section)});
    return fields;
}

std::vector<Field> ofPush(const Capture &capture, Seq seq)
{
    Bytes scratch;
    const auto push = decodeFacts<PushFacts>(capture.derivedView(seq, scratch));
    std::vector<Field> fields = http2HeadFields(capture, seq);
    fields.insert(fields.begin(), {.name = "promised stream identifier", .value = std::to_string(push.promisedStream)});
    return fields;
}

std::vector<Field> ofRead(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    Bytes scratch;
    const ByteView cbor = capture.derivedView(seq, scratch);
    const std::uint64_t bytes = cbor.empty() ? record.originLength : decodeFacts<ReadFacts>(cbor).bytes;
    return {{.name = "TCP payload", .value = byteCount(bytes)},
            {.name = "plain", .value = byteCount(record.originLength), .range = {0, record.originLength}}};
}

} // namespace

std::vector<Field> fieldsOf(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    Bytes scratch;
    switch (record.kind) {
    case RecordKind::WsFrame:
        return FrameTable(wsHeaderOf(capture, seq), record.direction, capture.originArrived(seq)).make();
    case RecordKind::HttpRequest:
    case RecordKind::HttpResponse:
    case RecordKind::HttpTrailers:
        return isOverHttp2(record) ? http2HeadFields(capture, seq)
                                   : ofHead(capture.originView(seq, scratch), record.kind);
    case RecordKind::HttpPush: return ofPush(capture, seq);
    case RecordKind::SseEvent:
    case RecordKind::SseBlock:
    case RecordKind::SseComment:
    case RecordKind::SseRetry:
    case RecordKind::SseUnknown:
    case RecordKind::SseIncomplete:
        return ofBlock(capture.originView(seq, scratch), record.has(RecordFlag::StreamStart));
    case RecordKind::H1Chunk: return ofChunk(chunkLineOf(capture, seq, scratch));
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
    case RecordKind::H2Unknown: return http2FrameFields(capture, seq);
    case RecordKind::WsClose: return ofClose(capture, seq);
    case RecordKind::WsText:
    case RecordKind::WsBinary:
    case RecordKind::WsPing:
    case RecordKind::WsPong: return ofMessage(capture, seq);
    case RecordKind::Finding: return ofFinding(capture, record);
    case RecordKind::TcpRead:
    case RecordKind::TcpWrite: return ofRead(capture, seq);
    case RecordKind::Session:
    case RecordKind::Dns:
    case RecordKind::Tcp:
    case RecordKind::Tls:
    case RecordKind::WsOpen:
    case RecordKind::Coding:
    case RecordKind::State:
    case RecordKind::Resume:
    case RecordKind::End:
    case RecordKind::Error: return fieldsOfFacts(record.kind, capture.derivedView(seq, scratch));
    case RecordKind::HttpBody:
    case RecordKind::StreamLine:
    case RecordKind::StreamChunk:
        return {{.name = "data", .value = byteCount(record.originLength), .range = {0, record.originLength}}};
    case RecordKind::StreamPart: return ofPart(capture, seq);
    case RecordKind::Count: break;
    }
    return {};
}

} // namespace pushscope
