#include "core/capture/details/factfields.h"

#include "core/base/utf8.h"
#include "core/capture/details/words.h"
#include "core/capture/facts.h"

#include <optional>

namespace pushscope {

namespace {

std::string joined(const std::vector<std::string> &texts)
{
    std::string result;
    for (const std::string &text : texts)
        result += (result.empty() ? "" : ", ") + utf8Lossy(text);
    return result;
}

/// Two texts with something between them, or the one that is there.
std::string both(const std::string &first, std::string_view between, const std::string &second)
{
    if (first.empty() || second.empty())
        return utf8Lossy(first + second);
    return utf8Lossy(first).append(between).append(utf8Lossy(second));
}

class FieldList
{
public:
    FieldList &text(std::string_view name, const std::string &value)
    {
        if (!value.empty())
            m_fields.push_back({.name = std::string(name), .value = utf8Lossy(value)});
        return *this;
    }
    FieldList &word(std::string_view name, std::string_view value) { return text(name, std::string(value)); }
    FieldList &text(std::string_view name, const std::optional<std::string> &value)
    {
        return value ? text(name, value->empty() ? std::string("\"\"") : *value) : *this;
    }
    FieldList &flag(std::string_view name, bool value) { return word(name, value ? "yes" : "no"); }
    FieldList &count(std::string_view name, std::uint64_t value) { return text(name, grouped(value)); }
    FieldList &time(std::string_view name, double ms) { return text(name, milliseconds(ms)); }
    [[nodiscard]] std::vector<Field> done() { return std::move(m_fields); }

private:
    std::vector<Field> m_fields;
};

std::string previewOf(const ResumeFacts &facts)
{
    if (facts.ignored)
        return "the server ignored Last-Event-ID";
    const std::string missing = facts.gap ? grouped(*facts.gap) + " missing" : "missing can't be counted";
    return missing + ", " + grouped(facts.duplicates) + " twice, " + grouped(facts.replayed) + " replayed";
}

Summary summaryOf(const CodingFacts &facts)
{
    std::string text =
        utf8Lossy(facts.coding) + ": " + byteCount(facts.wire) + " on the wire, " + grouped(facts.plain) + " plain";
    if (const std::string shrunk = ratio(facts.plain, facts.wire); !shrunk.empty())
        text += ", " + shrunk;
    if (facts.delayMs > 0)
        text += ", waited " + milliseconds(facts.delayMs);
    return {.type = utf8Lossy(facts.coding), .size = facts.wire, .preview = std::move(text)};
}

FieldList listOf(const CodingFacts &facts)
{
    FieldList list;
    list.text("coding", facts.coding)
        .text("on the wire", byteCount(facts.wire))
        .text("plain", byteCount(facts.plain))
        .text("ratio", ratio(facts.plain, facts.wire))
        .time("waited for more", facts.delayMs);
    return list;
}

FieldList listOf(const TlsRecordFacts &facts)
{
    FieldList list;
    list.text("version", facts.version)
        .text("cipher suite", facts.cipher)
        .text("group", facts.group)
        .text("ALPN", facts.alpn)
        .flag("resumed", facts.resumed)
        .time("handshake", facts.ms)
        .flag("verified", facts.verified)
        .text("verify error", facts.verifyError)
        .text("subject", facts.subject)
        .text("issuer", facts.issuer)
        .text("not after", facts.notAfter)
        .text("subject alternative names", joined(facts.sans))
        .count("certificates in chain", facts.chain);
    return list;
}

FieldList listOf(const StateFacts &facts)
{
    FieldList list;
    list.word("state", word(facts.state)).count("attempt", facts.attempt).word("cause", word(facts.cause));
    if (facts.delayMs)
        list.time("delay", *facts.delayMs);
    list.word("delay from", word(facts.delaySource))
        .text("Last-Event-ID sent", facts.idSent)
        .text("last event ID", facts.idSeen)
        .text("reason", facts.reason);
    return list;
}

FieldList listOf(const EndFacts &facts)
{
    FieldList list;
    list.word("verdict", word(facts.verdict))
        .text("by", facts.by)
        .text("TLS close", facts.tlsClose)
        .count("pending bytes", facts.pendingBytes)
        .text("in words", facts.text);
    return list;
}

FieldList listOf(const ResumeFacts &facts)
{
    FieldList list;
    list.word("ids", word(facts.idKind))
        .text("missing", facts.gap ? grouped(*facts.gap) : "can't be counted")
        .count("duplicates", facts.duplicates)
        .count("replayed", facts.replayed)
        .flag("Last-Event-ID ignored", facts.ignored);
    return list;
}

} // namespace

Summary summaryOfFacts(RecordKind kind, ByteView cbor)
{
    if (kind == RecordKind::Session) {
        const auto facts = decodeFacts<SessionFacts>(cbor);
        return {.type = facts.transport, .preview = utf8Lossy(facts.url)};
    }
    if (kind == RecordKind::Dns) {
        const auto facts = decodeFacts<DnsFacts>(cbor);
        return {.preview = both(facts.host, ": ", joined(facts.addresses))};
    }
    if (kind == RecordKind::Tcp) {
        const auto facts = decodeFacts<TcpFacts>(cbor);
        return {.preview = both(facts.peer, " by way of ", facts.proxy)};
    }
    if (kind == RecordKind::Tls) {
        const auto facts = decodeFacts<TlsRecordFacts>(cbor);
        return {.type = facts.version, .preview = both(facts.version, ", ", facts.cipher)};
    }
    if (kind == RecordKind::WsOpen) {
        const auto facts = decodeFacts<WsOpenFacts>(cbor);
        return {.type = utf8Lossy(facts.subprotocol), .preview = both(facts.subprotocol, ", ", facts.accepted)};
    }
    if (kind == RecordKind::State) {
        const auto facts = decodeFacts<StateFacts>(cbor);
        const std::string state(word(facts.state));
        return {.type = state, .preview = facts.reason.empty() ? state : utf8Lossy(facts.reason)};
    }
    if (kind == RecordKind::Coding)
        return summaryOf(decodeFacts<CodingFacts>(cbor));
    if (kind == RecordKind::Resume)
        return {.preview = previewOf(decodeFacts<ResumeFacts>(cbor))};
    if (kind == RecordKind::End) {
        const auto facts = decodeFacts<EndFacts>(cbor);
        const std::string verdict(word(facts.verdict));
        return {.type = verdict, .preview = facts.text.empty() ? verdict : utf8Lossy(facts.text)};
    }
    if (kind == RecordKind::Error) {
        const auto facts = decodeFacts<ErrorFacts>(cbor);
        return {.type = utf8Lossy(facts.code), .preview = both(facts.code, ": ", facts.text)};
    }
    return {};
}

std::vector<Field> fieldsOfFacts(RecordKind kind, ByteView cbor)
{
    FieldList list;
    if (kind == RecordKind::Session) {
        const auto facts = decodeFacts<SessionFacts>(cbor);
        list.text("name", facts.name).text("URL", facts.url).text("transport", facts.transport);
    } else if (kind == RecordKind::Dns) {
        const auto facts = decodeFacts<DnsFacts>(cbor);
        list.text("host", facts.host).text("addresses", joined(facts.addresses)).time("lookup", facts.ms);
    } else if (kind == RecordKind::Tcp) {
        const auto facts = decodeFacts<TcpFacts>(cbor);
        list.text("peer", facts.peer).text("local", facts.local).text("proxy", facts.proxy).time("connect", facts.ms);
    } else if (kind == RecordKind::Tls) {
        list = listOf(decodeFacts<TlsRecordFacts>(cbor));
    } else if (kind == RecordKind::WsOpen) {
        const auto facts = decodeFacts<WsOpenFacts>(cbor);
        list.text("subprotocol", facts.subprotocol)
            .text("extensions offered", facts.offered)
            .text("extensions accepted", facts.accepted)
            .time("round trip", facts.rttMs);
    } else if (kind == RecordKind::State) {
        list = listOf(decodeFacts<StateFacts>(cbor));
    } else if (kind == RecordKind::Coding) {
        list = listOf(decodeFacts<CodingFacts>(cbor));
    } else if (kind == RecordKind::Resume) {
        list = listOf(decodeFacts<ResumeFacts>(cbor));
    } else if (kind == RecordKind::End) {
        list = listOf(decodeFacts<EndFacts>(cbor));
    } else if (kind == RecordKind::Error) {
        const auto facts = decodeFacts<ErrorFacts>(cbor);
        list.text("code", facts.code).text("text", facts.text);
    }
    return list.done();
}

} // namespace pushscope
