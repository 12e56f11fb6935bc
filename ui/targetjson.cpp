#include "ui/targetjson.h"

#include "core/base/utf8.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <limits>

namespace pushscope {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

std::string bytes(const QJsonValue &value)
{
    return value.toString().toStdString();
}

std::optional<Milliseconds> milliseconds(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(Milliseconds(std::int64_t(value.toDouble()))) : std::nullopt;
}

std::uint32_t limit(const QJsonValue &value, std::uint32_t otherwise)
{
    constexpr qint64 smallest = 1024 * 1024; // the request editor's
    return std::uint32_t(
        qBound(smallest, value.toInteger(otherwise), qint64(std::numeric_limits<std::uint32_t>::max())));
}

QJsonObject toJson(const Reconnection &reconnection)
{
    QJsonObject json{{QStringLiteral("enabled"), reconnection.enabled},
                     {QStringLiteral("webSocket"), reconnection.webSocket},
                     {QStringLiteral("initial"), qint64(reconnection.initial.count())},
                     {QStringLiteral("exponential"), reconnection.backoff == Backoff::Exponential}};
    if (reconnection.overrideTime)
        json[QStringLiteral("override")] = qint64(reconnection.overrideTime->count());
    if (reconnection.maxAttempts)
        json[QStringLiteral("maxAttempts")] = qint64(*reconnection.maxAttempts);
    if (reconnection.dropAfter)
        json[QStringLiteral("dropAfter")] = qint64(*reconnection.dropAfter);
    return json;
}

Reconnection reconnectionFrom(const QJsonObject &json)
{
    Reconnection reconnection;
    reconnection.enabled = json[QStringLiteral("enabled")].toBool(true);
    reconnection.webSocket = json[QStringLiteral("webSocket")].toBool();
    reconnection.initial = milliseconds(json[QStringLiteral("initial")]).value_or(reconnection.initial);
    reconnection.backoff = json[QStringLiteral("exponential")].toBool() ? Backoff::Exponential : Backoff::Fixed;
    reconnection.overrideTime = milliseconds(json[QStringLiteral("override")]);
    if (json[QStringLiteral("maxAttempts")].isDouble())
        reconnection.maxAttempts = std::uint32_t(json[QStringLiteral("maxAttempts")].toInteger());
    if (json[QStringLiteral("dropAfter")].isDouble())
        reconnection.dropAfter = std::uint64_t(json[QStringLiteral("dropAfter")].toInteger());
    return reconnection;
}

QJsonArray headersToJson(const std::vector<HeaderField> &headers)
{
    QJsonArray array;
    for (const HeaderField &field : headers) {
        if (!isSecretHeader(field.name))
            array += QJsonArray{text(field.name), text(field.value)};
    }
    return array;
}

QJsonArray shelvedToJson(const std::vector<ShelvedField> &shelved)
{
    QJsonArray array;
    for (const ShelvedField &each : shelved) {
        if (!isSecretHeader(each.field.name))
            array += QJsonArray{qint64(each.before), text(each.field.name), text(each.field.value)};
    }
    return array;
}

std::vector<ShelvedField> shelvedFrom(const QJsonArray &array)
{
    std::vector<ShelvedField> shelved;
    for (const auto &entry : array) {
        const QJsonArray parts = entry.toArray();
        shelved.push_back(
            {std::size_t(std::max<qint64>(parts.at(0).toInteger(), 0)), {bytes(parts.at(1)), bytes(parts.at(2))}});
    }
    return shelved;
}

QJsonArray listToJson(const std::vector<std::string> &list)
{
    QJsonArray array;
    for (const std::string &entry : list)
        array += text(entry);
    return array;
}

} // namespace

bool isSecretHeader(std::string_view name)
{
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    static constexpr std::array<std::string_view, 7> parts = {"authorization", "cookie", "token",   "secret",
                                                              "api-key",       "apikey", "password"};
    return std::any_of(parts.begin(), parts.end(),
                       [&lower](std::string_view part) { return lower.find(part) != lower.npos; });
}

QJsonObject toJson(const Target &target)
{
    QJsonObject json{{QStringLiteral("name"), text(target.name)},
                     {QStringLiteral("url"), text(target.url.text())},
                     {QStringLiteral("transport"), int(target.transport)},
                     {QStringLiteral("http"), int(target.http)},
                     {QStringLiteral("ownConnection"), target.sharing.ownConnection},
                     {QStringLiteral("enablePush"), target.sharing.enablePush},
                     {QStringLiteral("whenFull"), int(target.sharing.whenFull)},
                     {QStringLiteral("method"), text(target.method)},
                     {QStringLiteral("headers"), headersToJson(target.headers)},
                     {QStringLiteral("shelvedHeaders"), shelvedToJson(target.shelved)},
                     {QStringLiteral("bodyFile"), text(target.bodyFile)},
                     {QStringLiteral("cookies"), target.cookies},
                     {QStringLiteral("compressed"), target.compressed},
                     {QStringLiteral("reconnection"), toJson(target.reconnection)},
                     {QStringLiteral("connectTimeout"), qint64(target.timeouts.connect.count())},
                     {QStringLiteral("firstByteTimeout"), qint64(target.timeouts.firstByte.count())},
                     {QStringLiteral("frameLimit"), qint64(target.limits.frameBytes)},
                     {QStringLiteral("messageLimit"), qint64(target.limits.messageBytes)},
                     {QStringLiteral("caFile"), text(target.tls.caFile)},
                     {QStringLiteral("certificateFile"), text(target.tls.certificateFile)},
                     {QStringLiteral("keyFile"), text(target.tls.keyFile)},
                     {QStringLiteral("minimumTls"), target.tls.minimumVersion},
                     {QStringLiteral("proxyKind"), int(target.proxy.kind)},
                     {QStringLiteral("proxyHost"), text(target.proxy.host)},
                     {QStringLiteral("proxyPort"), int(target.proxy.port)},
                     {QStringLiteral("origin"), text(target.webSocket.origin)},
                     {QStringLiteral("subprotocols"), listToJson(target.webSocket.subprotocols)}};
    if (isUtf8(target.body))
        json[QStringLiteral("body")] = text(target.body);
    else
        json[QStringLiteral("bodyBase64")] = QString::fromLatin1(QByteArray::fromStdString(target.body).toBase64());
    if (target.timeouts.idle)
        json[QStringLiteral("idleTimeout")] = qint64(target.timeouts.idle->count());
    QJsonArray resolve;
    for (const ResolveOverride &entry : target.resolve)
        resolve += QJsonArray{text(entry.host), int(entry.port), text(entry.address)};
    json[QStringLiteral("resolve")] = resolve;
    return json;
}

std::optional<Target> targetFromJson(const QJsonObject &json)
{
    const auto url = parseUrl(bytes(json[QStringLiteral("url")]));
    if (!url)
        return {};
    Target target;
    target.url = *url;
    target.name = bytes(json[QStringLiteral("name")]);
    target.transport =
        TransportChoice(qBound(0, json[QStringLiteral("transport")].toInt(), int(TransportChoice::WebSocket)));
    target.http = HttpChoice(qBound(0, json[QStringLiteral("http")].toInt(), int(HttpChoice::Http2)));
    target.sharing.ownConnection = json[QStringLiteral("ownConnection")].toBool();
    target.sharing.enablePush = json[QStringLiteral("enablePush")].toBool();
    target.sharing.whenFull = WhenFull(qBound(0, json[QStringLiteral("whenFull")].toInt(), int(WhenFull::Queue)));
    target.method = json[QStringLiteral("method")].toString(QStringLiteral("GET")).toStdString();
    for (const auto &field : json[QStringLiteral("headers")].toArray())
        target.headers.push_back({bytes(field.toArray().at(0)), bytes(field.toArray().at(1))});
    target.shelved = shelvedFrom(json[QStringLiteral("shelvedHeaders")].toArray());
    target.body = bytes(json[QStringLiteral("body")]);
    if (const QJsonValue coded = json[QStringLiteral("bodyBase64")]; coded.isString())
        target.body = QByteArray::fromBase64(coded.toString().toLatin1()).toStdString();
    target.bodyFile = bytes(json[QStringLiteral("bodyFile")]);
    target.cookies = json[QStringLiteral("cookies")].toBool(true);
    target.compressed = json[QStringLiteral("compressed")].toBool();
    target.reconnection = reconnectionFrom(json[QStringLiteral("reconnection")].toObject());
    target.timeouts.connect = milliseconds(json[QStringLiteral("connectTimeout")]).value_or(target.timeouts.connect);
    target.timeouts.firstByte =
        milliseconds(json[QStringLiteral("firstByteTimeout")]).value_or(target.timeouts.firstByte);
    target.timeouts.idle = milliseconds(json[QStringLiteral("idleTimeout")]);
    target.limits.frameBytes = limit(json[QStringLiteral("frameLimit")], target.limits.frameBytes);
    target.limits.messageBytes = limit(json[QStringLiteral("messageLimit")], target.limits.messageBytes);
    target.tls.caFile = bytes(json[QStringLiteral("caFile")]);
    target.tls.certificateFile = bytes(json[QStringLiteral("certificateFile")]);
    target.tls.keyFile = bytes(json[QStringLiteral("keyFile")]);
    target.tls.minimumVersion = json[QStringLiteral("minimumTls")].toInt() == 13 ? 13 : 12;
    target.proxy.kind =
        ProxyOptions::Kind(qBound(0, json[QStringLiteral("proxyKind")].toInt(int(ProxyOptions::Kind::FromEnvironment)),
                                  int(ProxyOptions::Kind::Socks5)));
    target.proxy.host = bytes(json[QStringLiteral("proxyHost")]);
    target.proxy.port = std::uint16_t(qBound(0, json[QStringLiteral("proxyPort")].toInt(), 65535));
    target.webSocket.origin = bytes(json[QStringLiteral("origin")]);
    for (const auto &protocol : json[QStringLiteral("subprotocols")].toArray())
        target.webSocket.subprotocols.push_back(bytes(protocol));
    for (const auto &entry : json[QStringLiteral("resolve")].toArray()) {
        const QJsonArray parts = entry.toArray();
        target.resolve.push_back(
            {bytes(parts.at(0)), std::uint16_t(qBound(0, parts.at(1).toInt(), 65535)), bytes(parts.at(2))});
    }
    return target;
}

} // namespace pushscope
