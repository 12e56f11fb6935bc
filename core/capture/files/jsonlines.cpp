#include "core/capture/files/jsonlines.h"

#include "core/base/finding.h"
#include "core/capture/capture.h"
#include "core/capture/details/http2details.h"
#include "core/capture/details/httpdetails.h"
#include "core/capture/details/partdetails.h"
#include "core/capture/details/ssedetails.h"
#include "core/capture/details/wsdetails.h"
#include "core/capture/facts.h"
#include "core/capture/files/jsonfacts.h"
#include "core/capture/files/jsonframes.h"
#include "core/capture/files/jsontext.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <ctime>
#include <iterator>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

namespace pushscope {

namespace {

constexpr std::int64_t Second = 1'000'000'000;

/// The beginning of a line: short texts and numbers into a fixed room, copied to the line at once.
class Prefix
{
public:
    Prefix &text(std::string_view text)
    {
        std::memcpy(m_at, text.data(), text.size());
        m_at += text.size();
        return *this;
    }
    template <class Number>
    Prefix &number(Number value)
    {
        m_at = std::to_chars(m_at, m_room.data() + m_room.size(), value).ptr;
        return *this;
    }
    Prefix &nineDigits(std::int64_t value)
    {
        for (int i = 8; i >= 0; --i, value /= 10)
            m_at[i] = static_cast<char>('0' + value % 10);
        m_at += 9;
        return *this;
    }
    [[nodiscard]] std::string_view done() const
    {
        return {m_room.data(), static_cast<std::size_t>(m_at - m_room.data())};
    }

private:
    std::array<char, 512> m_room; // the longest beginning has fewer than 400
    char *m_at = m_room.data();
};

void appendHeaders(std::string &out, const Headers &headers)
{
    appendKey(out, "headers");
    char before = '[';
    for (const HeaderField &field : headers) {
        out += before;
        out += '[';
        appendStringOrBase64(out, field.name);
        out += ',';
        appendStringOrBase64(out, field.value);
        out += ']';
        before = ',';
    }
    out += headers.isEmpty() ? "[]" : "]";
}

std::string hexOf(const std::array<std::uint8_t, 4> &key)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const std::uint8_t byte : key) {
        hex += digits[byte >> 4];
        hex += digits[byte & 0xF];
    }
    return hex;
}

void appendFrame(std::string &out, const WsFrameHeader &header)
{
    appendMember(out, "fin", header.fin);
    appendMember(out, "rsv", std::uint64_t(header.rsv));
    appendMember(out, "opcode", static_cast<std::uint64_t>(header.opcode));
    appendMember(out, "masked", header.masked);
    if (header.masked)
        appendText(out, "mask", hexOf(header.maskingKey));
    else
        appendNull(out, "mask");
    appendMember(out, "length", header.payloadLength);
    appendMember(out, "header_length", std::uint64_t(header.headerLength));
}

std::string_view word(Severity severity)
{
    switch (severity) {
    case Severity::Info: return "info";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
    }
    return {};
}

void appendRetry(std::string &out, ByteView digits)
{
    std::uint64_t milliseconds = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), milliseconds);
    if (parsed.ec == std::errc::result_out_of_range)
        milliseconds = std::numeric_limits<std::uint64_t>::max();
    appendMember(out, "ms", milliseconds);
}

} // namespace

struct JsonLines::Private
{
    std::shared_ptr<const Capture> capture;
    Bytes scratch;
    WsMessageDetails message;
    std::int64_t second = -1; ///< that `date` says
    std::string date;
    /// Whose last event ID it is: a session's, or that of one companion's stream.
    using Source = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
    struct SetId
    {
        std::uint64_t setBy = 0; ///< the record
        Bytes id;
    };
    struct RequestedId
    {
        std::uint64_t first = 0; ///< of the requests in a row that asked from this id
        std::uint64_t last = 0;
        Bytes id;
    };
    /// Pings of ours on one stream that wait for their pong: the times of their records.
    using Pings = std::map<std::uint64_t, std::int64_t>;
    static constexpr std::size_t MostPings = 1024; ///< a pong of an older one is taken for unasked
    std::map<Source, RequestedId> requested;
    std::map<Source, SetId> current;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Pings> pings; ///< by connection and stream

    static Source sourceOf(const Record &record);
    void noteRequest(Seq seq, const Record &record);
    void noteEnd(const Record &record);
    [[nodiscard]] Bytes idSetBy(Seq seq, const Source &source) const;
    void writeCommon(Seq seq, const Record &record, std::uint64_t wire, std::string &out);
    std::string_view dateOf(std::int64_t wallSecond);
    void writeFields(Seq seq, const Record &record, std::string &out);
    void writeMessage(Seq seq, const Record &record, std::string &out);
    void writePong(Seq seq, const Record &record, std::string &out);
    std::int64_t takePing(const Record &pong);
    void writeEvent(Seq seq, const Record &record, std::string &out);
    void writeCoding(Seq seq, const Record &record, std::string &out);
    void writeLine(Seq seq, RecordKind kind, std::string &out);
    void writePart(Seq seq, std::string &out);
    void writeHead(Seq seq, RecordKind kind, std::string &out);
    void writeChunk(Seq seq, std::string &out);
    void writeHttp2Frame(Seq seq, RecordKind kind, std::string &out) const;
    void writeFinding(const Record &record, std::string &out) const;
};

JsonLines::Private::Source JsonLines::Private::sourceOf(const Record &record)
{
    const bool isOfItsOwn = record.has(RecordFlag::Companion);
    return {record.session, isOfItsOwn ? record.connection : 0, isOfItsOwn ? record.stream : 0};
}

JsonLines::JsonLines(std::shared_ptr<const Capture> capture) : d(std::make_unique<Private>())
{
    d->capture = std::move(capture);
}

JsonLines::~JsonLines() = default;

void JsonLines::write(Seq seq, std::string &out)
{
    const Record &record = d->capture->record(seq);
    if (record.kind >= RecordKind::WsText && record.kind <= RecordKind::WsClose) {
        d->writeMessage(seq, record, out);
    } else if (record.kind == RecordKind::Coding) {
        d->writeCoding(seq, record, out);
    } else {
        d->writeCommon(seq, record, record.originLength, out);
        d->writeFields(seq, record, out);
    }
    out += "}\n";
}

void JsonLines::note(Seq seq)
{
    const Record &record = d->capture->record(seq);
    if (record.kind == RecordKind::HttpRequest)
        d->noteRequest(seq, record);
    else if (record.kind == RecordKind::End)
        d->noteEnd(record);
}

/// Until an event sets another, each request asks from the same id; which of them gave it to the events is the one that
/// was answered first.
void JsonLines::Private::noteRequest(Seq seq, const Record &record)
{
    Bytes id = lastEventIdSetBy(*capture, seq);
    if (id.empty())
        return;
    RequestedId &known = requested[sourceOf(record)];
    if (known.id != id)
        known = {seq.value, seq.value, std::move(id)};
    known.last = seq.value;
}

void JsonLines::Private::noteEnd(const Record &record)
{
    if (record.stream != 0)
        pings.erase({record.connection, record.stream});
    else
        std::erase_if(pings, [&](const auto &entry) { return entry.first.first == record.connection; });
}

std::string_view JsonLines::Private::dateOf(std::int64_t wallSecond)
{
    if (wallSecond != second) {
        const auto time = static_cast<std::time_t>(wallSecond);
        std::tm parts = {};
        gmtime_r(&time, &parts);
        std::array<char, 32> text;
        date.assign(text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts));
        second = wallSecond;
    }
    return date;
}

void JsonLines::Private::writeCommon(Seq seq, const Record &record, std::uint64_t wire, std::string &out)
{
    const std::int64_t time = std::max<std::int64_t>(record.time, 0);
    const std::int64_t wall = capture->wallStart() + time;
    Prefix line;
    line.text("{\"seq\":").number(seq.value);
    line.text(",\"t\":").number(time / Second).text(".").nineDigits(time % Second);
    line.text(",\"at\":\"").text(dateOf(wall / Second)).text(".").nineDigits(wall % Second);
    line.text("Z\",\"session\":").number(record.session);
    line.text(",\"connection\":").number(record.connection);
    line.text(",\"stream\":").number(record.stream);
    line.text(",\"layer\":\"").text(word(layerOf(record.kind)));
    line.text("\",\"kind\":\"").text(word(record.kind));
    line.text("\",\"dir\":\"").text(word(record.direction));
    line.text("\",\"wire\":").number(wire);
    if (record.has(RecordFlag::Companion))
        line.text(",\"companion\":true");
    if (record.carrierFirst != 0 && record.carrierFirst < seq.value && record.carrierLast <= record.carrierFirst) {
        line.text(",\"carried_by\":[").number(seq.value - record.carrierFirst);
        line.text(",").number(seq.value - record.carrierLast).text("]");
    }
    out += line.done();
}

void JsonLines::Private::writeFields(Seq seq, const Record &record, std::string &out)
{
    switch (record.kind) {
    case RecordKind::Session:
    case RecordKind::Dns:
    case RecordKind::Tcp:
    case RecordKind::Tls:
    case RecordKind::WsOpen:
    case RecordKind::State:
    case RecordKind::Resume:
    case RecordKind::End:
    case RecordKind::Error: appendFacts(out, record.kind, capture->derivedView(seq, scratch)); return;
    case RecordKind::TcpRead:
    case RecordKind::TcpWrite: appendReadFacts(out, record, capture->derivedView(seq, scratch)); return;
    case RecordKind::HttpRequest:
    case RecordKind::HttpResponse:
    case RecordKind::HttpTrailers:
    case RecordKind::HttpPush: writeHead(seq, record.kind, out); return;
    case RecordKind::HttpBody:
    case RecordKind::SseIncomplete:
    case RecordKind::StreamLine:
    case RecordKind::StreamChunk: appendData(out, "data", capture->originView(seq, scratch)); return;
    case RecordKind::StreamPart: writePart(seq, out); return;
    case RecordKind::H1Chunk: writeChunk(seq, out); return;
    case RecordKind::WsFrame: appendFrame(out, wsHeaderOf(*capture, seq)); return;
    case RecordKind::SseEvent:
    case RecordKind::SseBlock: writeEvent(seq, record, out); return;
    case RecordKind::SseComment:
    case RecordKind::SseRetry:
    case RecordKind::SseUnknown: writeLine(seq, record.kind, out); return;
    case RecordKind::Finding: writeFinding(record, out); return;
    case RecordKind::WsText: // see writeMessage()
    case RecordKind::WsBinary:
    case RecordKind::WsPing:
    case RecordKind::WsPong:
    case RecordKind::WsClose:
    case RecordKind::Coding: // see writeCoding()
    case RecordKind::Count: return;
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
    case RecordKind::H2Unknown: writeHttp2Frame(seq, record.kind, out); return;
    }
}

void JsonLines::Private::writeCoding(Seq seq, const Record &record, std::string &out)
{
    const auto facts = decodeFacts<CodingFacts>(capture->derivedView(seq, scratch));
    writeCommon(seq, record, facts.wire, out); // what it stands for is all that was coded, not its origin alone
    appendFacts(out, record.kind, capture->derivedView(seq, scratch));
}

void JsonLines::Private::writeMessage(Seq seq, const Record &record, std::string &out)
{
    readWsMessage(*capture, seq, std::numeric_limits<std::uint64_t>::max(), message);
    writeCommon(seq, record, message.frames == 0 ? record.originLength : message.wireBytes, out);
    if (record.kind == RecordKind::WsClose) {
        const WsCloseDetails close = wsCloseOf(message.payload);
        appendMember(out, "code", std::uint64_t(close.code));
        appendText(out, "reason", close.reason);
        // One that answers the other side's is related to it, and to nothing else.
        appendMember(out, "clean", record.related != 0 || closeAnswerOf(*capture, seq) == CloseAnswer::Came);
        return;
    }
    if (record.kind == RecordKind::WsText) {
        appendData(out, "data", message.payload);
    } else {
        appendKey(out, "data");
        appendBase64(out, message.payload);
    }
    if (record.kind == RecordKind::WsPing || record.kind == RecordKind::WsPong) {
        writePong(seq, record, out);
        return;
    }
    appendMember(out, "frames", std::uint64_t(message.frames));
    if (message.compressed)
        appendMember(out, "compressed", *message.compressed);
    else
        appendNull(out, "compressed");
}

/// A pong that answers a ping of ours says how long that took.
void JsonLines::Private::writePong(Seq seq, const Record &record, std::string &out)
{
    if (record.kind == RecordKind::WsPing && record.direction == Direction::Out) {
        Pings &waiting = pings[{record.connection, record.stream}];
        waiting.emplace(seq.value, record.time);
        if (waiting.size() > MostPings)
            waiting.erase(waiting.begin());
    }
    if (record.kind != RecordKind::WsPong || record.direction != Direction::In || record.related == 0 ||
        record.related >= seq.value)
        return;
    appendKey(out, "rtt_ms");
    appendDecimal(out, static_cast<double>(record.time - takePing(record)) / 1e6);
}

/// The time of the ping that a pong answers. Older ones are settled with it.
std::int64_t JsonLines::Private::takePing(const Record &pong)
{
    Pings &waiting = pings[{pong.connection, pong.stream}];
    const auto ping = waiting.find(pong.related);
    if (ping == waiting.end()) // it was not written here
        return capture->record(Seq(pong.related)).time;
    const std::int64_t sent = ping->second;
    waiting.erase(waiting.begin(), std::next(ping));
    return sent;
}

void JsonLines::Private::writeEvent(Seq seq, const Record &record, std::string &out)
{
    const SseBlock block = sseBlockOf(*capture, seq);
    if (record.kind == RecordKind::SseEvent) {
        appendText(out, "type", block.type.empty() ? ByteView("message") : ByteView(block.type));
        appendText(out, "data", block.data);
    }
    const bool idSet = record.has(RecordFlag::IdSet);
    const Source source = sourceOf(record);
    SetId &last = current[source];
    if (idSet)
        last = {seq.value, block.id.value_or(Bytes())};
    else if (record.related != last.setBy)
        last = {record.related, idSetBy(Seq(record.related), source)};
    appendText(out, "id", last.id);
    appendMember(out, "id_set", idSet);
}

Bytes JsonLines::Private::idSetBy(Seq seq, const Source &source) const
{
    const auto request = requested.find(source);
    if (request != requested.end() && request->second.first <= seq.value && seq.value <= request->second.last)
        return request->second.id;
    return lastEventIdSetBy(*capture, seq); // it was not written or noted here
}

void JsonLines::Private::writeLine(Seq seq, RecordKind kind, std::string &out)
{
    const SseLine line = sseLineOf(*capture, seq, scratch);
    if (kind == RecordKind::SseRetry) {
        appendRetry(out, line.value);
    } else if (kind == RecordKind::SseComment) {
        appendText(out, "text", line.value);
    } else {
        appendText(out, "name", line.name);
        appendText(out, "value", line.value);
    }
}

void JsonLines::Private::writePart(Seq seq, std::string &out)
{
    const PartDetails part = partOf(*capture, seq);
    appendHeaders(out, part.headers);
    appendData(out, "data", capture->originView(seq, scratch).substr(part.contentBegin));
}

void JsonLines::Private::writeHead(Seq seq, RecordKind kind, std::string &out)
{
    const HttpHead head = httpHeadOf(*capture, seq);
    if (kind == RecordKind::HttpRequest) {
        appendText(out, "method", head.method);
        appendText(out, "target", head.target);
        appendText(out, "version", word(head.version));
    } else if (kind == RecordKind::HttpResponse) {
        appendMember(out, "status", static_cast<std::uint64_t>(head.status));
        appendText(out, "reason", head.reason);
        appendText(out, "version", word(head.version));
    } else if (kind == RecordKind::HttpPush) {
        appendFacts(out, kind, capture->derivedView(seq, scratch));
    }
    appendHeaders(out, head.headers);
    if (kind == RecordKind::HttpRequest || kind == RecordKind::HttpResponse)
        appendFacts(out, kind, capture->derivedView(seq, scratch));
}

void JsonLines::Private::writeChunk(Seq seq, std::string &out)
{
    const ByteView origin = chunkLineOf(*capture, seq, scratch);
    const ChunkDetails chunk = chunkDetailsOf(origin);
    appendMember(out, "length", chunk.length);
    appendText(out, "extension", origin.substr(chunk.extension.begin, chunk.extension.size()));
}

void JsonLines::Private::writeHttp2Frame(Seq seq, RecordKind kind, std::string &out) const
{
    // The content of DATA and of unknown frames is not shown and may be long.
    const bool isStreamed = kind == RecordKind::H2Data || kind == RecordKind::H2Unknown;
    const std::uint64_t limit = isStreamed ? Http2FrameHeader::Size + 1 : ~0ull;
    Bytes frame;
    Bytes facts;
    appendHttp2Frame(out, capture->originView(seq, frame, limit), capture->derivedView(seq, facts));
}

void JsonLines::Private::writeFinding(const Record &record, std::string &out) const
{
    if (record.derived >= capture->counts().findings)
        return;
    const FindingEntry &entry = capture->finding(record.derived);
    if (entry.rule >= static_cast<std::uint16_t>(Rule::Count))
        return;
    const RuleInfo &info = ruleInfo(static_cast<Rule>(entry.rule));
    appendText(out, "rule", info.id);
    appendText(out, "severity", word(info.severity));
    appendMember(out, "of", entry.of);
    appendMember(out, "offset", std::uint64_t(entry.offset));
    appendMember(out, "length", std::uint64_t(entry.length));
    if (!info.argument.empty()) {
        appendKey(out, info.argument);
        appendNumber(out, entry.argument);
    }
}

} // namespace pushscope
