#include "core/capture/files/jsonfacts.h"

#include "core/capture/facts.h"
#include "core/capture/files/jsontext.h"

#include <optional>
#include <vector>

namespace pushscope {

namespace {

void appendDecimalMember(std::string &out, std::string_view name, double value)
{
    appendKey(out, name);
    appendDecimal(out, value);
}

void appendTexts(std::string &out, std::string_view name, const std::vector<std::string> &values)
{
    appendKey(out, name);
    char before = '[';
    for (const std::string &value : values) {
        out += before;
        appendStringOrBase64(out, value);
        before = ',';
    }
    out += values.empty() ? "[]" : "]";
}

/// null for what there is none of.
void appendOptional(std::string &out, std::string_view name, const std::optional<std::string> &text)
{
    if (text)
        appendText(out, name, *text);
    else
        appendNull(out, name);
}

void appendWord(std::string &out, std::string_view name, std::string_view word)
{
    if (word.empty())
        appendNull(out, name);
    else
        appendText(out, name, word);
}

void append(std::string &out, const SessionFacts &facts)
{
    appendText(out, "name", facts.name);
    appendText(out, "url", facts.url);
    appendText(out, "transport", facts.transport);
}

void append(std::string &out, const DnsFacts &facts)
{
    appendText(out, "host", facts.host);
    appendTexts(out, "addresses", facts.addresses);
    appendDecimalMember(out, "ms", facts.ms);
}

void append(std::string &out, const TcpFacts &facts)
{
    appendText(out, "peer", facts.peer);
    appendText(out, "local", facts.local);
    appendDecimalMember(out, "ms", facts.ms);
    appendText(out, "proxy", facts.proxy);
}

void append(std::string &out, const TlsRecordFacts &facts)
{
    appendText(out, "version", facts.version);
    appendText(out, "cipher", facts.cipher);
    appendText(out, "group", facts.group);
    appendText(out, "alpn", facts.alpn);
    appendMember(out, "resumed", facts.resumed);
    appendDecimalMember(out, "ms", facts.ms);
    appendMember(out, "verified", facts.verified);
    appendText(out, "verify_error", facts.verifyError);
    appendText(out, "subject", facts.subject);
    appendText(out, "issuer", facts.issuer);
    appendText(out, "not_after", facts.notAfter);
    appendTexts(out, "sans", facts.sans);
    appendMember(out, "chain", std::uint64_t(facts.chain));
}

void append(std::string &out, const RequestFacts &facts)
{
    appendMember(out, "body_bytes", facts.bodyBytes);
}

void append(std::string &out, const ResponseFacts &facts)
{
    appendDecimalMember(out, "ttfb_ms", facts.ttfbMs);
}

void append(std::string &out, const PushFacts &facts)
{
    appendMember(out, "promised_stream", std::uint64_t(facts.promisedStream));
}

void append(std::string &out, const WsOpenFacts &facts)
{
    appendText(out, "subprotocol", facts.subprotocol);
    appendText(out, "offered", facts.offered);
    appendText(out, "accepted", facts.accepted);
    appendDecimalMember(out, "rtt_ms", facts.rttMs);
}

void append(std::string &out, const StateFacts &facts)
{
    appendText(out, "state", word(facts.state));
    appendMember(out, "attempt", std::uint64_t(facts.attempt));
    appendWord(out, "cause", word(facts.cause));
    if (facts.delayMs)
        appendDecimalMember(out, "delay_ms", *facts.delayMs);
    else
        appendNull(out, "delay_ms");
    appendWord(out, "delay_source", word(facts.delaySource));
    appendOptional(out, "id_sent", facts.idSent);
    appendOptional(out, "id_seen", facts.idSeen);
    appendText(out, "reason", facts.reason);
}

void append(std::string &out, const ResumeFacts &facts)
{
    appendWord(out, "id_kind", word(facts.idKind));
    facts.gap ? appendMember(out, "gap", *facts.gap) : appendNull(out, "gap");
    appendMember(out, "duplicates", facts.duplicates);
    appendMember(out, "replayed", facts.replayed);
    appendMember(out, "ignored", facts.ignored);
}

void append(std::string &out, const CodingFacts &facts)
{
    appendText(out, "coding", facts.coding);
    appendMember(out, "plain", facts.plain);
    appendDecimalMember(out, "delay_ms", facts.delayMs);
}

void append(std::string &out, const EndFacts &facts)
{
    appendText(out, "verdict", word(facts.verdict));
    appendText(out, "by", facts.by);
    appendText(out, "tls_close", facts.tlsClose);
    appendMember(out, "pending_bytes", facts.pendingBytes);
}

void append(std::string &out, const ErrorFacts &facts)
{
    appendText(out, "code", facts.code);
    appendText(out, "text", facts.text);
}

} // namespace

void appendFacts(std::string &out, RecordKind kind, ByteView cbor)
{
    if (kind == RecordKind::Session)
        append(out, decodeFacts<SessionFacts>(cbor));
    else if (kind == RecordKind::Dns)
        append(out, decodeFacts<DnsFacts>(cbor));
    else if (kind == RecordKind::Tcp)
        append(out, decodeFacts<TcpFacts>(cbor));
    else if (kind == RecordKind::Tls)
        append(out, decodeFacts<TlsRecordFacts>(cbor));
    else if (kind == RecordKind::HttpRequest)
        append(out, decodeFacts<RequestFacts>(cbor));
    else if (kind == RecordKind::HttpResponse)
        append(out, decodeFacts<ResponseFacts>(cbor));
    else if (kind == RecordKind::HttpPush)
        append(out, decodeFacts<PushFacts>(cbor));
    else if (kind == RecordKind::WsOpen)
        append(out, decodeFacts<WsOpenFacts>(cbor));
    else if (kind == RecordKind::Coding)
        append(out, decodeFacts<CodingFacts>(cbor));
    else if (kind == RecordKind::State)
        append(out, decodeFacts<StateFacts>(cbor));
    else if (kind == RecordKind::Resume)
        append(out, decodeFacts<ResumeFacts>(cbor));
    else if (kind == RecordKind::End)
        append(out, decodeFacts<EndFacts>(cbor));
    else if (kind == RecordKind::Error)
        append(out, decodeFacts<ErrorFacts>(cbor));
}

void appendReadFacts(std::string &out, const Record &record, ByteView cbor)
{
    appendMember(out, "bytes", cbor.empty() ? record.originLength : decodeFacts<ReadFacts>(cbor).bytes);
    appendMember(out, "plain", std::uint64_t(record.originLength));
}

} // namespace pushscope
