#include "tests/support/jsonlineschema.h"
#include "tests/support/paths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace pushscope::test {

namespace {

/// JSON Schema, draft 2020-12: the keywords that the schema of the lines uses. An unknown keyword is an error, so that
/// the schema can't say what nobody checks.
class SchemaCheck
{
public:
    explicit SchemaCheck(QJsonObject root) : m_root(std::move(root)) {}

    /// "" or the first offence. `evaluated` takes the names of the properties that the schema knows.
    QString check(const QJsonObject &schema, const QJsonValue &value, const QString &at, QSet<QString> &evaluated) const
    {
        for (auto keyword = schema.begin(); keyword != schema.end(); ++keyword) {
            const QString error = checkKeyword(schema, keyword.key(), keyword.value(), value, at, evaluated);
            if (!error.isEmpty())
                return error;
        }
        // Last: all others have said what they know.
        if (schema.contains(QLatin1String("unevaluatedProperties"))) {
            for (const QString &name : value.toObject().keys()) {
                if (!evaluated.contains(name))
                    return at + QStringLiteral(": nobody knows the member ") + name;
            }
        }
        return {};
    }
    QString check(const QJsonValue &value) const
    {
        QSet<QString> evaluated;
        return check(m_root, value, QStringLiteral("line"), evaluated);
    }

private:
    [[nodiscard]] bool passes(const QJsonObject &schema, const QJsonValue &value, QSet<QString> &evaluated) const
    {
        QSet<QString> inner;
        const bool passed = check(schema, value, {}, inner).isEmpty();
        if (passed)
            evaluated.unite(inner);
        return passed;
    }

    QString checkKeyword(const QJsonObject &schema, const QString &keyword, const QJsonValue &wanted,
                         const QJsonValue &value, const QString &at, QSet<QString> &evaluated) const
    {
        if (keyword == QLatin1String("$ref"))
            return check(resolved(wanted.toString()), value, at, evaluated);
        if (keyword == QLatin1String("type"))
            return isOfType(value, wanted.toString()) ? QString() : at + QStringLiteral(": is no ") + wanted.toString();
        if (keyword == QLatin1String("const"))
            return value == wanted ? QString() : at + QStringLiteral(": is not ") + wanted.toString();
        if (keyword == QLatin1String("enum"))
            return wanted.toArray().contains(value) ? QString() : at + QStringLiteral(": is none of the words allowed");
        if (keyword == QLatin1String("minimum"))
            return !value.isDouble() || value.toDouble() >= wanted.toDouble() ? QString()
                                                                              : at + QStringLiteral(": too small");
        if (keyword == QLatin1String("maximum"))
            return !value.isDouble() || value.toDouble() <= wanted.toDouble() ? QString()
                                                                              : at + QStringLiteral(": too large");
        if (keyword == QLatin1String("minItems"))
            return value.toArray().size() >= wanted.toInt() ? QString() : at + QStringLiteral(": too few items");
        if (keyword == QLatin1String("maxItems"))
            return value.toArray().size() <= wanted.toInt() ? QString() : at + QStringLiteral(": too many items");
        if (keyword == QLatin1String("pattern"))
            return !value.isString() || QRegularExpression(wanted.toString()).match(value.toString()).hasMatch()
                       ? QString()
                       : at + QStringLiteral(": does not match ") + wanted.toString();
        if (keyword == QLatin1String("required"))
            return checkRequired(wanted.toArray(), value, at);
        if (keyword == QLatin1String("properties"))
            return checkProperties(wanted.toObject(), value, at, evaluated);
        if (keyword == QLatin1String("additionalProperties"))
            return checkAdditional(schema, value, at);
        if (keyword == QLatin1String("items"))
            return checkItems(wanted.toObject(), value, at);
        if (keyword == QLatin1String("prefixItems"))
            return checkPrefixItems(wanted.toArray(), value, at);
        if (keyword == QLatin1String("dependentRequired"))
            return checkDependent(wanted.toObject(), value, at);
        if (keyword == QLatin1String("allOf") || keyword == QLatin1String("anyOf") || keyword == QLatin1String("oneOf"))
            return checkCombination(keyword, wanted.toArray(), value, at, evaluated);
        if (keyword == QLatin1String("if"))
            return passes(wanted.toObject(), value, evaluated)
                       ? check(schema.value(QLatin1String("then")).toObject(), value, at, evaluated)
                       : QString();
        static const QSet<QString> elsewhere{QStringLiteral("$schema"), QStringLiteral("$defs"),
                                             QStringLiteral("title"),   QStringLiteral("description"),
                                             QStringLiteral("then"),    QStringLiteral("unevaluatedProperties")};
        return elsewhere.contains(keyword) ? QString() : QStringLiteral("the checker does not know ") + keyword;
    }

    [[nodiscard]] QJsonObject resolved(const QString &reference) const
    {
        const QString name = reference.mid(reference.lastIndexOf(u'/') + 1);
        return m_root.value(QLatin1String("$defs")).toObject().value(name).toObject();
    }

    static bool isOfType(const QJsonValue &value, const QString &type)
    {
        if (type == QLatin1String("integer"))
            return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
        return (type == QLatin1String("object") && value.isObject()) ||
               (type == QLatin1String("array") && value.isArray()) ||
               (type == QLatin1String("string") && value.isString()) ||
               (type == QLatin1String("number") && value.isDouble()) ||
               (type == QLatin1String("boolean") && value.isBool()) ||
               (type == QLatin1String("null") && value.isNull());
    }

    static QString checkRequired(const QJsonArray &names, const QJsonValue &value, const QString &at)
    {
        for (const QJsonValue &name : names) {
            if (!value.toObject().contains(name.toString()))
                return at + QStringLiteral(": lacks ") + name.toString();
        }
        return {};
    }

    QString checkProperties(const QJsonObject &properties, const QJsonValue &value, const QString &at,
                            QSet<QString> &evaluated) const
    {
        const QJsonObject object = value.toObject();
        for (auto property = properties.begin(); property != properties.end(); ++property) {
            if (!object.contains(property.key()))
                continue;
            evaluated.insert(property.key());
            QSet<QString> inner;
            const QString error =
                check(property.value().toObject(), object.value(property.key()), at + u'.' + property.key(), inner);
            if (!error.isEmpty())
                return error;
        }
        return {};
    }

    static QString checkAdditional(const QJsonObject &schema, const QJsonValue &value, const QString &at)
    {
        const QJsonObject known = schema.value(QLatin1String("properties")).toObject();
        for (const QString &name : value.toObject().keys()) {
            if (!known.contains(name))
                return at + QStringLiteral(": nobody knows the member ") + name;
        }
        return {};
    }

    QString checkItems(const QJsonObject &schema, const QJsonValue &value, const QString &at) const
    {
        int index = 0;
        for (const QJsonValue &item : value.toArray()) {
            QSet<QString> inner;
            const QString error = check(schema, item, at + u'[' + QString::number(index++) + u']', inner);
            if (!error.isEmpty())
                return error;
        }
        return {};
    }

    QString checkPrefixItems(const QJsonArray &schemas, const QJsonValue &value, const QString &at) const
    {
        const QJsonArray items = value.toArray();
        for (qsizetype index = 0; index < std::min(schemas.size(), items.size()); ++index) {
            QSet<QString> inner;
            const QString error =
                check(schemas[index].toObject(), items[index], at + u'[' + QString::number(index) + u']', inner);
            if (!error.isEmpty())
                return error;
        }
        return {};
    }

    static QString checkDependent(const QJsonObject &dependents, const QJsonValue &value, const QString &at)
    {
        for (auto member = dependents.begin(); member != dependents.end(); ++member) {
            const bool isThere = value.toObject().contains(member.key());
            const QString error = isThere ? checkRequired(member.value().toArray(), value, at) : QString();
            if (!error.isEmpty())
                return error;
        }
        return {};
    }

    QString checkCombination(const QString &keyword, const QJsonArray &schemas, const QJsonValue &value,
                             const QString &at, QSet<QString> &evaluated) const
    {
        int passed = 0;
        for (const QJsonValue &schema : schemas) {
            if (keyword == QLatin1String("allOf")) {
                const QString error = check(schema.toObject(), value, at, evaluated);
                if (!error.isEmpty())
                    return error;
            } else if (passes(schema.toObject(), value, evaluated)) {
                ++passed;
            }
        }
        const bool good =
            keyword == QLatin1String("allOf") || (keyword == QLatin1String("anyOf") ? passed > 0 : passed == 1);
        return good ? QString()
                    : at + QStringLiteral(": ") + QString::number(passed) + QStringLiteral(" of ") + keyword +
                          QStringLiteral(" hold");
    }

    QJsonObject m_root;
};

SchemaCheck loadSchema()
{
    QFile file(test::sourcePath("tests/fixtures/jsonlines.schema.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no schema of the JSON lines");
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (document.isNull())
        qFatal("the schema of the JSON lines is no JSON: %s", qPrintable(error.errorString()));
    return SchemaCheck(document.object());
}

} // namespace

QString jsonLineError(const QByteArray &line)
{
    static const SchemaCheck schema = loadSchema();
    // Qt's parser lets them pass (RFC 8259 section 7 does not).
    if (std::any_of(line.begin(), line.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x20; }))
        return QStringLiteral("a control character that is not escaped");
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (!document.isObject())
        return QStringLiteral("no JSON object: ") + error.errorString() + QStringLiteral(" in ") +
               QString::fromUtf8(line);
    const QString offence = schema.check(document.object());
    return offence.isEmpty() ? QString() : offence + QStringLiteral(" in ") + QString::fromUtf8(line);
}

QString jsonLinesError(const QByteArray &lines)
{
    if (lines.isEmpty())
        return {};
    if (!lines.endsWith('\n'))
        return QStringLiteral("the last line does not end");
    double before = 0;
    for (const QByteArray &line : lines.chopped(1).split('\n')) {
        const QString error = jsonLineError(line);
        if (!error.isEmpty())
            return error;
        const double seq = QJsonDocument::fromJson(line).object().value(QLatin1String("seq")).toDouble();
        if (seq <= before)
            return QStringLiteral("seq does not increase in ") + QString::fromUtf8(line);
        before = seq;
    }
    return {};
}

} // namespace pushscope::test
