#include "tests/core/engine/recordtext.h"

#include "core/base/finding.h"
#include "core/capture/capture.h"
#include "core/capture/details/summary.h"
#include "core/capture/facts.h"
#include "core/capture/record.h"
#include "core/wire/http/http1parser.h"

#include <cstdio>

namespace pushscope::test {

namespace {

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

template <class Facts>
Facts factsOf(const Capture &capture, Seq seq)
{
    return decodeFacts<Facts>(capture.derived(seq));
}

std::string bytesOf(const Capture &capture, Seq seq)
{
    return " \"" + escaped(capture.origin(seq)) + "\"";
}

std::string carriersOf(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    if (record.carrierFirst == 0)
        return " carried by none";
    const std::string first = std::to_string(seq.value - record.carrierFirst);
    const std::string last = std::to_string(seq.value - record.carrierLast);
    return " by " + (first == last ? first : first + ".." + last);
}

std::string stateText(const StateFacts &facts)
{
    std::string text = " " + std::string(word(facts.state)) + " #" + std::to_string(facts.attempt) + " " +
                       std::string(word(facts.cause));
    if (facts.delayMs)
        text += " wait " + number(*facts.delayMs) + " " + std::string(word(facts.delaySource));
    if (facts.idSent)
        text += " sent=" + *facts.idSent;
    if (facts.idSeen)
        text += " seen=" + *facts.idSeen;
    const bool isHeld = facts.state == SessionState::Waiting && !facts.delayMs;
    if (facts.state == SessionState::Open || facts.state == SessionState::Connecting || isHeld)
        text += facts.reason.empty() ? "" : " (" + facts.reason + ")";
    return text;
}

/// HTTP/2's fields, as they were.
std::string fieldsText(const HttpFields &fields)
{
    std::string text;
    for (const HeaderField &field : fields)
        text += " " + field.name + "=" + escaped(field.value);
    return text;
}

std::string headText(const Capture &capture, Seq seq, Http1Parser::Side side)
{
    if (capture.record(seq).stream != 0)
        return side == Http1Parser::Side::Requests ? fieldsText(factsOf<RequestFacts>(capture, seq).fields)
                                                   : fieldsText(factsOf<ResponseFacts>(capture, seq).fields);
    const auto head = parseHttp1Head(capture.origin(seq), side);
    if (!head)
        return " ?";
    if (!head->isRequest)
        return " " + std::to_string(head->status);
    std::string text =
        " " + head->method + " " + head->target + " host=" + std::string(head->headers.value("Host").value_or("none"));
    for (const char *name :
         {"Accept-Encoding", "Last-Event-ID", "Authorization", "Content-Length", "Proxy-Authorization", "Cookie"}) {
        if (const auto value = head->headers.value(name))
            text += " " + std::string(name) + "=" + escaped(*value);
    }
    return text;
}

std::string factsText(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    switch (record.kind) {
    case RecordKind::State: return stateText(factsOf<StateFacts>(capture, seq));
    case RecordKind::HttpRequest: return headText(capture, seq, Http1Parser::Side::Requests);
    case RecordKind::HttpResponse: return headText(capture, seq, Http1Parser::Side::Answers);
    case RecordKind::HttpTrailers:
        return record.stream != 0 ? fieldsText(factsOf<TrailerFacts>(capture, seq).fields) : bytesOf(capture, seq);
    case RecordKind::HttpPush: {
        const auto facts = factsOf<PushFacts>(capture, seq);
        return " promises " + std::to_string(facts.promisedStream) + fieldsText(facts.fields);
    }
    case RecordKind::Error: {
        const auto facts = factsOf<ErrorFacts>(capture, seq);
        return " " + facts.code + ": " + facts.text;
    }
    case RecordKind::End: {
        const auto facts = factsOf<EndFacts>(capture, seq);
        return " " + std::string(word(facts.verdict)) + " by " + facts.by + " pending " +
               std::to_string(facts.pendingBytes) + ": " + facts.text;
    }
    case RecordKind::Resume: {
        const auto facts = factsOf<ResumeFacts>(capture, seq);
        return " " + std::string(word(facts.idKind)) + " gap " + (facts.gap ? std::to_string(*facts.gap) : "?") +
               " duplicates " + std::to_string(facts.duplicates) + " replayed " + std::to_string(facts.replayed) +
               (facts.ignored ? " ignored" : "");
    }
    case RecordKind::Coding: {
        const auto facts = factsOf<CodingFacts>(capture, seq);
        return " " + facts.coding + " " + std::to_string(facts.wire) + " -> " + std::to_string(facts.plain) +
               " waited " + number(facts.delayMs) + (record.originLength != 0 ? " rest" + bytesOf(capture, seq) : "");
    }
    case RecordKind::WsOpen: {
        const auto facts = factsOf<WsOpenFacts>(capture, seq);
        return " subprotocol=" + facts.subprotocol + " rtt " + number(facts.rttMs);
    }
    case RecordKind::Finding: {
        const auto index = record.derived;
        const FindingEntry &entry = capture.finding(index);
        return " " + std::string(ruleInfo(static_cast<Rule>(entry.rule)).id) + " of " + std::to_string(entry.of) +
               " at " + std::to_string(entry.offset) + "+" + std::to_string(entry.length) + " " +
               std::to_string(entry.argument);
    }
    case RecordKind::H2Ping: {
        const auto facts = factsOf<PingFacts>(capture, seq);
        return bytesOf(capture, seq) + (facts.rttMs ? " rtt " + number(*facts.rttMs) : "") +
               (record.related != 0 ? " rel " + std::to_string(record.related) : "");
    }
    default:
        return layerOf(record.kind) == Layer::Frames && record.kind != RecordKind::H1Chunk &&
                       record.kind != RecordKind::WsFrame && record.kind != RecordKind::H2Data
                   ? " " + summarize(capture, seq).preview
                   : bytesOf(capture, seq);
    }
}

} // namespace

std::string escaped(std::string_view bytes)
{
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\r')
            text += "\\r";
        else if (c == '\n')
            text += "\\n";
        else if (c == '\\')
            text += "\\\\";
        else if (byte < 0x20 || byte > 0x7E) {
            char hex[8];
            std::snprintf(hex, sizeof hex, "\\x%02x", byte);
            text += hex;
        } else
            text += c;
    }
    return text;
}

std::string unescaped(std::string_view text)
{
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            bytes += text[i];
            continue;
        }
        const char c = text[++i];
        if (c == 'x' && i + 2 < text.size()) {
            bytes += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            bytes += c == 'r' ? '\r' : c == 'n' ? '\n' : c;
        }
    }
    return bytes;
}

std::string recordText(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    std::string text = std::to_string(seq.value) + " " + std::string(word(record.kind));
    if (record.stream != 0)
        text += "/" + std::to_string(record.stream);
    if (record.session > 1)
        text += " of session " + std::to_string(record.session);
    if (record.has(RecordFlag::Companion))
        text += " companion";
    if (record.direction == Direction::Out && layerOf(record.kind) != Layer::Connection)
        text += " out";
    text += factsText(capture, seq);
    const Layer layer = layerOf(record.kind);
    if (layer == Layer::Frames || layer == Layer::Messages)
        text += carriersOf(capture, seq);
    if (layer == Layer::Messages && record.related != 0)
        text += " rel " + std::to_string(record.related);
    if (record.has(RecordFlag::Cut))
        text += " cut";
    if (seq.value > 1 && record.time < capture.record(Seq(seq.value - 1)).time)
        text += " at " + std::to_string(record.time / 1'000'000) + " ms";
    return text;
}

} // namespace pushscope::test
