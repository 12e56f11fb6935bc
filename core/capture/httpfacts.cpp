#include "core/capture/httpfacts.h"

#include "core/capture/factmap.h"

namespace pushscope {

namespace {

constexpr const char *FieldsName = "fields";

/// [[name, value], ...]
QCborArray arrayOf(const HttpFields &fields)
{
    QCborArray array;
    for (const HeaderField &field : fields)
        array.append(QCborArray{toCbor(field.name), toCbor(field.value)});
    return array;
}

HttpFields toFields(const QCborArray &array)
{
    HttpFields fields;
    for (const auto &each : array) {
        const QCborArray field = each.toArray();
        fields.push_back({toText(field.at(0)), toText(field.at(1))});
    }
    return fields;
}

/// [[name, value, coding, index, begin, length], ...]
QCborArray arrayOf(const std::vector<FieldBlockFacts::Field> &fields)
{
    QCborArray array;
    for (const auto &[field, coding, index, range] : fields) {
        array.append(QCborArray{toCbor(field.name), toCbor(field.value), coding, qint64(index),
                                static_cast<qint64>(range.begin), static_cast<qint64>(range.size())});
    }
    return array;
}

std::vector<FieldBlockFacts::Field> toBlockFields(const QCborArray &array)
{
    std::vector<FieldBlockFacts::Field> fields;
    for (const auto &each : array) {
        const QCborArray field = each.toArray();
        const auto begin = toCount<std::uint64_t>(field.at(4));
        fields.push_back({.field = {toText(field.at(0)), toText(field.at(1))},
                          .coding = toCount<std::uint8_t>(field.at(2)),
                          .index = toCount<std::uint32_t>(field.at(3)),
                          .range = {begin, begin + toCount<std::uint32_t>(field.at(5))}});
    }
    return fields;
}

QCborArray arrayOf(const std::vector<std::uint32_t> &numbers)
{
    QCborArray array;
    for (const std::uint32_t number : numbers)
        array.append(qint64(number));
    return array;
}

std::vector<std::uint32_t> toNumbers(const QCborArray &array)
{
    std::vector<std::uint32_t> numbers;
    for (const auto &each : array)
        numbers.push_back(toCount<std::uint32_t>(each));
    return numbers;
}

} // namespace

Bytes encode(const RequestFacts &facts)
{
    return FactWriter().count("body_bytes", facts.bodyBytes).array(FieldsName, arrayOf(facts.fields)).done();
}

void decode(ByteView cbor, RequestFacts &facts)
{
    const FactReader map = FactReader(cbor).count("body_bytes", facts.bodyBytes);
    facts.fields = toFields(map.array(FieldsName));
}

Bytes encode(const ResponseFacts &facts)
{
    return FactWriter().number("ttfb_ms", facts.ttfbMs).array(FieldsName, arrayOf(facts.fields)).done();
}

void decode(ByteView cbor, ResponseFacts &facts)
{
    const FactReader map = FactReader(cbor).number("ttfb_ms", facts.ttfbMs);
    facts.fields = toFields(map.array(FieldsName));
}

Bytes encode(const TrailerFacts &facts)
{
    return FactWriter().array(FieldsName, arrayOf(facts.fields)).done();
}

void decode(ByteView cbor, TrailerFacts &facts)
{
    const FactReader map = FactReader(cbor);
    facts.fields = toFields(map.array(FieldsName));
}

Bytes encode(const PushFacts &facts)
{
    return FactWriter().count("promised_stream", facts.promisedStream).array(FieldsName, arrayOf(facts.fields)).done();
}

void decode(ByteView cbor, PushFacts &facts)
{
    const FactReader map = FactReader(cbor).count("promised_stream", facts.promisedStream);
    facts.fields = toFields(map.array(FieldsName));
}

Bytes encode(const FieldBlockFacts &facts)
{
    return FactWriter()
        .array(FieldsName, arrayOf(facts.fields))
        .array("size_updates", arrayOf(facts.sizeUpdates))
        .count("table_size", facts.tableSize)
        .count("left_out", facts.leftOut)
        .text("error", facts.error)
        .done();
}

void decode(ByteView cbor, FieldBlockFacts &facts)
{
    const FactReader map = FactReader(cbor)
                               .count("table_size", facts.tableSize)
                               .count("left_out", facts.leftOut)
                               .text("error", facts.error);
    facts.fields = toBlockFields(map.array(FieldsName));
    facts.sizeUpdates = toNumbers(map.array("size_updates"));
}

Bytes encode(const PingFacts &facts)
{
    return FactWriter().number("rtt_ms", facts.rttMs).done();
}

void decode(ByteView cbor, PingFacts &facts)
{
    FactReader(cbor).number("rtt_ms", facts.rttMs);
}

} // namespace pushscope
