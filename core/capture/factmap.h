#pragma once

#include "core/base/bytes.h"
#include "core/base/utf8.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

// How facts become CBOR (RFC 8949) and come back.

/// Text that is not UTF-8 (a peer's words may be anything) is kept as a byte string.
[[nodiscard]] inline QCborValue toCbor(const std::string &value)
{
    const auto size = static_cast<qsizetype>(value.size());
    return isUtf8(value) ? QCborValue(QString::fromUtf8(value.data(), size))
                         : QCborValue(QByteArray(value.data(), size));
}

[[nodiscard]] inline std::string toText(const QCborValue &value)
{
    return value.isByteArray() ? value.toByteArray().toStdString() : value.toString().toStdString();
}

template <class Number>
[[nodiscard]] Number toCount(const QCborValue &value)
{
    const auto found = static_cast<std::uint64_t>(std::max<qint64>(value.toInteger(), 0));
    return static_cast<Number>(std::min<std::uint64_t>(found, std::numeric_limits<Number>::max()));
}

/// A CBOR map in the making.
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
    /// Left out when it is empty.
    FactWriter &array(const char *name, const QCborArray &values)
    {
        return values.isEmpty() ? *this : put(name, values);
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
    [[nodiscard]] QCborArray array(const char *name) const { return get(name).toArray(); }
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
    QCborMap m_map;
};

} // namespace pushscope
