#include "core/capture/facts.h"

#include "core/base/utf8.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace pushscope {

namespace {

constexpr const char *FieldsName = "fields";

/// A CBOR map in the making. Text that is not UTF-8 (a peer's words may be anything) is kept as a byte string.
class FactWriter
{
public:
    FactWriter &text(const char *name, const std::string &value) { return put(name, toCbor(value)); }
    FactWriter &text(const char *name, const std::optional<std::string> &value)
    {
        return value ? put(name, toCbor(*value)) : *this;
    }
    FactWriter &texts(const char *name, const std::vector<std::string> &values)
    {
        QCborArray array;
        for (const std::string &value : values)
            array.append(toCbor(value));
        return put(name, array);
    }
    /// [[name, value], ...]; HTTP/1.1 has none, and writes none.
    FactWriter &fields(const HttpFields &fields)
    {
        QCborArray array;
        for (const HeaderField &field : fields)
            array.append(QCborArray{toCbor(field.name), toCbor(field.value)});
        return array.isEmpty() ? *this : put(FieldsName, array);
    }
    /// [[name, value, coding, index, begin, length], ...]
    FactWriter &fields(const std::vector<FieldBlockFacts::Field> &fields)
    {
        QCborArray array;
        for (const FieldBlockFacts::Field &each : fields) {
            array.append(QCborArray{toCbor(each.field.name), toCbor(each.field.value), each.coding, qint64(each.index),
                                    static_cast<qint64>(each.range.begin), static_cast<qint64>(each.range.size())});
        }
        return put(FieldsName, array);
    }
    FactWriter &counts(const char *name, const std::vector<std::uint32_t> &values)
    {
        QCborArray array;
        for (const std::uint32_t value : values)
            array.append(qint64(value));
        return put(name, array);
    }
    FactWriter &number(const char *name, double value) { return put(name, value); }
    FactWriter &number(const char *name, const std::optional<double> &value)
    {
        return value ? put(name, *value) : *this;
    }
    FactWriter &count(const char *name, std::uint64_t value) { return put(name, static_cast<qint64>(value)); }
    FactWriter &flag(const char *name, bool value) { return put(name, value); }
    template <class Enum>
    FactWriter &choice(const char *name, Enum value)
    {
        return put(name, static_cast<qint64>(value));
    }
    [[nodiscard]] Bytes done() const { return m_map.toCborValue().toCbor().toStdString(); }

private:
    static QCborValue toCbor(const std::string &value)
    {
        const auto size = static_cast<qsizetype>(value.size());
        return isUtf8(value) ? QCborValue(QString::fromUtf8(value.data(), size))
                             : QCborValue(QByteArray(value.data(), size));
    }
    FactWriter &put(const char *name, const QCborValue &value)
    {
        m_map.insert(QLatin1String(name), value);
        return *this;
    }
    QCborMap m_map;
};

/// A CBOR map that anybody may have written: what is missing or of the wrong type is the default.
class FactReader
{
public:
    explicit FactReader(ByteView cbor)
    {
        QCborParserError error;
        const auto bytes = QByteArray::fromRawData(cbor.data(), static_cast<qsizetype>(cbor.size()));
        const QCborValue value = QCborValue::fromCbor(bytes, &error);
        if (error.error == QCborError::NoError) // a map that was cut may have a key without a value
            m_map = value.toMap();
    }
    FactReader &text(const char *name, std::string &value)
    {
        value = toText(get(name));
        return *this;
    }
    FactReader &text(const char *name, std::optional<std::string> &value)
    {
        if (const QCborValue found = get(name); found.isString() || found.isByteArray())
            value = toText(found);
        return *this;
    }
    FactReader &texts(const char *name, std::vector<std::string> &values)
    {
        for (const auto &value : get(name).toArray())
            values.push_back(toText(value));
        return *this;
    }
    FactReader &fields(HttpFields &fields)
    {
        for (const auto &each : get(FieldsName).toArray()) {
            const QCborArray field = each.toArray();
            fields.push_back({toText(field.at(0)), toText(field.at(1))});
        }
        return *this;
    }
    FactReader &fields(std::vector<FieldBlockFacts::Field> &fields)
    {
        for (const auto &each : get(FieldsName).toArray()) {
            const QCborArray field = each.toArray();
            const auto begin = toCount<std::uint64_t>(field.at(4));
            fields.push_back({.field = {toText(field.at(0)), toText(field.at(1))},
                              .coding = toCount<std::uint8_t>(field.at(2)),
                              .index = toCount<std::uint32_t>(field.at(3)),
                              .range = {begin, begin + toCount<std::uint32_t>(field.at(5))}});
        }
        return *this;
    }
    FactReader &counts(const char *name, std::vector<std::uint32_t> &values)
    {
        for (const auto &value : get(name).toArray())
            values.push_back(toCount<std::uint32_t>(value));
        return *this;
    }
    FactReader &number(const char *name, double &value)
    {
        value = get(name).toDouble(value);
        return *this;
    }
    FactReader &number(const char *name, std::optional<double> &value)
    {
        if (const QCborValue found = get(name); found.isDouble() || found.isInteger())
            value = found.toDouble();
        return *this;
    }
    template <class Number>
    FactReader &count(const char *name, Number &value)
    {
        value = toCount<Number>(get(name));
        return *this;
    }
    FactReader &flag(const char *name, bool &value)
    {
        value = get(name).toBool();
        return *this;
    }
    template <class Enum>
    FactReader &choice(const char *name, Enum &value, Enum last)
    {
        if (const qint64 found = get(name).toInteger(-1); found >= 0 && found <= static_cast<qint64>(last))
            value = static_cast<Enum>(found);
        return *this;
    }

private:
    [[nodiscard]] QCborValue get(const char *name) const { return m_map.value(QLatin1String(name)); }
    template <class Number>
    static Number toCount(const QCborValue &value)
    {
        const auto found = static_cast<std::uint64_t>(std::max<qint64>(value.toInteger(), 0));
        return static_cast<Number>(std::min<std::uint64_t>(found, std::numeric_limits<Number>::max()));
    }
    static std::string toText(const QCborValue &value)
    {
        return value.isByteArray() ? value.toByteArray().toStdString() : value.toString().toStdString();
    }
    QCborMap m_map;
};

// {"bytes": N} with N in four bytes: the one fact that may stand beside every socket read is written by hand.
constexpr ByteView ReadFactsPrefix("\xA1\x65"
                                   "bytes\x1A",
                                   8);
constexpr std::size_t ReadFactsSize = 12;

} // namespace

Bytes encode(const SessionFacts &facts)
{
    return FactWriter().text("name", facts.name).text("url", facts.url).text("transport", facts.transport).done();
}

void decode(ByteView cbor, SessionFacts &facts)
{
    FactReader(cbor).text("name", facts.name).text("url", facts.url).text("transport", facts.transport);
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

Bytes encode(const RequestFacts &facts)
{
    return FactWriter().count("body_bytes", facts.bodyBytes).fields(facts.fields).done();
}

void decode(ByteView cbor, RequestFacts &facts)
{
    FactReader(cbor).count("body_bytes", facts.bodyBytes).fields(facts.fields);
}

Bytes encode(const ResponseFacts &facts)
{
    return FactWriter().number("ttfb_ms", facts.ttfbMs).fields(facts.fields).done();
}

void decode(ByteView cbor, ResponseFacts &facts)
{
    FactReader(cbor).number("ttfb_ms", facts.ttfbMs).fields(facts.fields);
}

Bytes encode(const TrailerFacts &facts)
{
    return FactWriter().fields(facts.fields).done();
}

void decode(ByteView cbor, TrailerFacts &facts)
{
    FactReader(cbor).fields(facts.fields);
}

Bytes encode(const PushFacts &facts)
{
    return FactWriter().count("promised_stream", facts.promisedStream).fields(facts.fields).done();
}

void decode(ByteView cbor, PushFacts &facts)
{
    FactReader(cbor).count("promised_stream", facts.promisedStream).fields(facts.fields);
}

Bytes encode(const FieldBlockFacts &facts)
{
    return FactWriter()
        .fields(facts.fields)
        .counts("size_updates", facts.sizeUpdates)
        .count("table_size", facts.tableSize)
        .count("left_out", facts.leftOut)
        .text("error", facts.error)
        .done();
}

void decode(ByteView cbor, FieldBlockFacts &facts)
{
    FactReader(cbor)
        .fields(facts.fields)
        .counts("size_updates", facts.sizeUpdates)
        .count("table_size", facts.tableSize)
        .count("left_out", facts.leftOut)
        .text("error", facts.error);
}

Bytes encode(const PingFacts &facts)
{
    return FactWriter().number("rtt_ms", facts.rttMs).done();
}

void decode(ByteView cbor, PingFacts &facts)
{
    FactReader(cbor).number("rtt_ms", facts.rttMs);
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
        .count("gap", facts.gap)
        .count("duplicates", facts.duplicates)
        .count("replayed", facts.replayed)
        .flag("ignored", facts.ignored)
        .done();
}

void decode(ByteView cbor, ResumeFacts &facts)
{
    FactReader(cbor)
        .choice("id_kind", facts.idKind, IdKind::Opaque)
        .count("gap", facts.gap)
        .count("duplicates", facts.duplicates)
        .count("replayed", facts.replayed)
        .flag("ignored", facts.ignored);
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
