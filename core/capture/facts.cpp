#include "core/capture/facts.h"

#include "core/capture/factmap.h"

#include <cstddef>
#include <limits>

namespace pushscope {

namespace {

// {"bytes": N} with N in four bytes: the one fact that may stand beside every socket read is written by hand.
constexpr ByteView ReadFactsPrefix("\xA1\x65"
                                   "bytes\x1A",
                                   8);
constexpr std::size_t ReadFactsSize = 12;

} // namespace

Bytes encode(const SessionFacts &facts)
{
    FactWriter writer;
    writer.text("name", facts.name).text("url", facts.url).text("transport", facts.transport);
    if (!facts.cookies)
        writer.flag("no_cookies", true);
    return writer.done();
}

void decode(ByteView cbor, SessionFacts &facts)
{
    bool noCookies = false;
    FactReader(cbor)
        .text("name", facts.name)
        .text("url", facts.url)
        .text("transport", facts.transport)
        .flag("no_cookies", noCookies);
    facts.cookies = !noCookies;
}

Bytes encode(const DnsFacts &facts)
{
    return FactWriter().text("host", facts.host).texts("addresses", facts.addresses).number("ms", facts.ms).done();
}

void decode(ByteView cbor, DnsFacts &facts)
{
    FactReader(cbor).text("host", facts.host).texts("addresses", facts.addresses).number("ms", facts.ms);
}

Bytes encode(const TcpFacts &facts)
{
    return FactWriter()
        .text("peer", facts.peer)
        .text("local", facts.local)
        .text("proxy", facts.proxy)
        .number("ms", facts.ms)
        .done();
}

void decode(ByteView cbor, TcpFacts &facts)
{
    FactReader(cbor)
        .text("peer", facts.peer)
        .text("local", facts.local)
        .text("proxy", facts.proxy)
        .number("ms", facts.ms);
}

Bytes encode(const TlsRecordFacts &facts)
{
    return FactWriter()
        .text("version", facts.version)
        .text("cipher", facts.cipher)
        .text("group", facts.group)
        .text("alpn", facts.alpn)
        .flag("resumed", facts.resumed)
        .number("ms", facts.ms)
        .flag("verified", facts.verified)
        .text("verify_error", facts.verifyError)
        .text("subject", facts.subject)
        .text("issuer", facts.issuer)
        .text("not_after", facts.notAfter)
        .texts("sans", facts.sans)
        .count("chain", facts.chain)
        .done();
}

void decode(ByteView cbor, TlsRecordFacts &facts)
{
    FactReader(cbor)
        .text("version", facts.version)
        .text("cipher", facts.cipher)
        .text("group", facts.group)
        .text("alpn", facts.alpn)
        .flag("resumed", facts.resumed)
        .number("ms", facts.ms)
        .flag("verified", facts.verified)
        .text("verify_error", facts.verifyError)
        .text("subject", facts.subject)
        .text("issuer", facts.issuer)
        .text("not_after", facts.notAfter)
        .texts("sans", facts.sans)
        .count("chain", facts.chain);
}

Bytes encode(const WsOpenFacts &facts)
{
    return FactWriter()
        .text("subprotocol", facts.subprotocol)
        .text("offered", facts.offered)
        .text("accepted", facts.accepted)
        .number("rtt_ms", facts.rttMs)
        .done();
}

void decode(ByteView cbor, WsOpenFacts &facts)
{
    FactReader(cbor)
        .text("subprotocol", facts.subprotocol)
        .text("offered", facts.offered)
        .text("accepted", facts.accepted)
        .number("rtt_ms", facts.rttMs);
}

Bytes encode(const StateFacts &facts)
{
    return FactWriter()
        .choice("state", facts.state)
        .count("attempt", facts.attempt)
        .choice("cause", facts.cause)
        .number("delay_ms", facts.delayMs)
        .choice("delay_source", facts.delaySource)
        .text("id_sent", facts.idSent)
        .text("id_seen", facts.idSeen)
        .text("reason", facts.reason)
        .done();
}

void decode(ByteView cbor, StateFacts &facts)
{
    FactReader(cbor)
        .choice("state", facts.state, SessionState::Failed)
        .count("attempt", facts.attempt)
        .choice("cause", facts.cause, Cause::Capture)
        .number("delay_ms", facts.delayMs)
        .choice("delay_source", facts.delaySource, DelaySource::User)
        .text("id_sent", facts.idSent)
        .text("id_seen", facts.idSeen)
        .text("reason", facts.reason);
}

Bytes encode(const ResumeFacts &facts)
{
    return FactWriter()
        .choice("id_kind", facts.idKind)
        .flag("countable", facts.gap.has_value())
        .count("gap", facts.gap.value_or(0))
        .count("duplicates", facts.duplicates)
        .count("replayed", facts.replayed)
        .flag("ignored", facts.ignored)
        .done();
}

void decode(ByteView cbor, ResumeFacts &facts)
{
    bool isCountable = false;
    std::uint64_t gap = 0;
    FactReader(cbor)
        .choice("id_kind", facts.idKind, IdKind::Opaque)
        .flag("countable", isCountable)
        .count("gap", gap)
        .count("duplicates", facts.duplicates)
        .count("replayed", facts.replayed)
        .flag("ignored", facts.ignored);
    facts.gap = isCountable ? std::optional(gap) : std::nullopt;
}

Bytes encode(const CodingFacts &facts)
{
    return FactWriter()
        .text("coding", facts.coding)
        .count("wire", facts.wire)
        .count("plain", facts.plain)
        .number("delay_ms", facts.delayMs)
        .done();
}

void decode(ByteView cbor, CodingFacts &facts)
{
    FactReader(cbor)
        .text("coding", facts.coding)
        .count("wire", facts.wire)
        .count("plain", facts.plain)
        .number("delay_ms", facts.delayMs);
}

Bytes encode(const EndFacts &facts)
{
    return FactWriter()
        .choice("verdict", facts.verdict)
        .text("by", facts.by)
        .text("tls_close", facts.tlsClose)
        .count("pending_bytes", facts.pendingBytes)
        .text("text", facts.text)
        .done();
}

void decode(ByteView cbor, EndFacts &facts)
{
    FactReader(cbor)
        .choice("verdict", facts.verdict, Verdict::ByUs)
        .text("by", facts.by)
        .text("tls_close", facts.tlsClose)
        .count("pending_bytes", facts.pendingBytes)
        .text("text", facts.text);
}

Bytes encode(const ErrorFacts &facts)
{
    return FactWriter().text("code", facts.code).text("text", facts.text).done();
}

void decode(ByteView cbor, ErrorFacts &facts)
{
    FactReader(cbor).text("code", facts.code).text("text", facts.text);
}

Bytes encode(const ReadFacts &facts)
{
    if (facts.bytes > std::numeric_limits<std::uint32_t>::max())
        return FactWriter().count("bytes", facts.bytes).done();
    Bytes cbor(ReadFactsPrefix);
    for (int shift = 24; shift >= 0; shift -= 8)
        cbor.push_back(static_cast<char>(facts.bytes >> shift & 0xFF));
    return cbor;
}

void decode(ByteView cbor, ReadFacts &facts)
{
    if (cbor.size() == ReadFactsSize && cbor.substr(0, ReadFactsPrefix.size()) == ReadFactsPrefix) {
        for (const char byte : cbor.substr(ReadFactsPrefix.size()))
            facts.bytes = facts.bytes << 8 | static_cast<unsigned char>(byte);
        return;
    }
    FactReader(cbor).count("bytes", facts.bytes);
}

} // namespace pushscope
