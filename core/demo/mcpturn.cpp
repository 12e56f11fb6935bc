#include "core/demo/mcpturn.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <numeric>

namespace pushscope::demo {

namespace {

constexpr std::array<std::string_view, 3> Versions = {"2025-06-18", "2025-03-26", "2024-11-05"};

/// JSON-RPC 2.0 section 5.1.
enum class RpcError : int {
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
};

QJsonObject rpc(std::initializer_list<std::pair<QString, QJsonValue>> members)
{
    QJsonObject object(members);
    object[QStringLiteral("jsonrpc")] = QStringLiteral("2.0");
    return object;
}

Bytes written(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

Bytes result(const QJsonValue &id, const QJsonObject &value)
{
    return written(rpc({{QStringLiteral("id"), id}, {QStringLiteral("result"), value}}));
}

Bytes error(const QJsonValue &id, RpcError code, const QString &message)
{
    const QJsonObject details{{QStringLiteral("code"), static_cast<int>(code)}, {QStringLiteral("message"), message}};
    return written(rpc({{QStringLiteral("id"), id}, {QStringLiteral("error"), details}}));
}

McpTurn refused(RpcError code, const QString &message)
{
    return {{{{}, error(QJsonValue::Null, code, message)}}, false, true};
}

/// MCP, Tools: what a call brings; a call that went wrong is a result too.
QJsonObject said(const QString &text, bool isError = false)
{
    const QJsonObject content{{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), text}};
    return {{QStringLiteral("content"), QJsonArray{content}}, {QStringLiteral("isError"), isError}};
}

QJsonObject tool(const QString &name, const QString &description, const QJsonObject &properties)
{
    const QJsonObject schema{{QStringLiteral("type"), QStringLiteral("object")},
                             {QStringLiteral("properties"), properties}};
    return {{QStringLiteral("name"), name},
            {QStringLiteral("description"), description},
            {QStringLiteral("inputSchema"), schema}};
}

QJsonObject number(int minimum, int maximum, int fallback)
{
    return {{QStringLiteral("type"), QStringLiteral("integer")},
            {QStringLiteral("minimum"), minimum},
            {QStringLiteral("maximum"), maximum},
            {QStringLiteral("default"), fallback}};
}

const QJsonObject &countTo()
{
    static const QJsonObject range = number(1, 100, 5);
    return range;
}

const QJsonObject &countInterval()
{
    static const QJsonObject range = number(0, 10'000, 300);
    return range;
}

/// An argument within its range; nothing when it is outside.
std::optional<int> argument(const QJsonObject &arguments, const QString &name, const QJsonObject &range)
{
    const QJsonValue given = arguments.value(name);
    const int fallback = range.value(QStringLiteral("default")).toInt();
    const int minimum = range.value(QStringLiteral("minimum")).toInt();
    const int value = given.isUndefined() ? fallback : given.toInt(minimum - 1);
    const bool isInside = value >= minimum && value <= range.value(QStringLiteral("maximum")).toInt();
    return isInside ? std::optional(value) : std::nullopt;
}

QJsonObject tools()
{
    const QJsonObject text{{QStringLiteral("type"), QStringLiteral("string")}};
    return {{QStringLiteral("tools"),
             QJsonArray{
                 tool(QStringLiteral("echo"), QStringLiteral("Says the text again"), {{QStringLiteral("text"), text}}),
                 tool(QStringLiteral("count"),
                      QStringLiteral("Counts, with a pause of so many milliseconds behind each number"),
                      {{QStringLiteral("to"), countTo()}, {QStringLiteral("interval"), countInterval()}})}}};
}

/// MCP, Progress: told to those who gave a token to tell it by. The reply stands apart from the last of it: clients
/// take a reply at once, but notifications a little later, when they have forgotten the call.
std::vector<McpMessage> count(const QJsonValue &id, const QJsonObject &arguments, const QJsonValue &token)
{
    const auto to = argument(arguments, QStringLiteral("to"), countTo());
    const auto interval = argument(arguments, QStringLiteral("interval"), countInterval());
    if (!to || !interval)
        return {{{}, result(id, said(QStringLiteral("tools/list tells what `to` and `interval` may be"), true))}};
    std::vector<McpMessage> messages;
    const std::chrono::milliseconds wait(*interval);
    const bool isTold = token.isString() || token.isDouble();
    for (int i = 1; isTold && i <= *to; ++i) {
        const QJsonObject progress{
            {QStringLiteral("progressToken"), token}, {QStringLiteral("progress"), i}, {QStringLiteral("total"), *to}};
        messages.push_back({i == 1 ? std::chrono::milliseconds() : wait,
                            written(rpc({{QStringLiteral("method"), QStringLiteral("notifications/progress")},
                                         {QStringLiteral("params"), progress}}))});
    }
    messages.push_back({isTold ? wait : wait * *to, result(id, said(QStringLiteral("Counted to %1").arg(*to)))});
    return messages;
}

std::vector<McpMessage> call(const QJsonValue &id, const QJsonObject &params)
{
    const QString name = params.value(QStringLiteral("name")).toString();
    const QJsonObject arguments = params.value(QStringLiteral("arguments")).toObject();
    if (name == QStringLiteral("echo"))
        return {{{}, result(id, said(arguments.value(QStringLiteral("text")).toString()))}};
    if (name == QStringLiteral("count"))
        return count(id, arguments,
                     params.value(QStringLiteral("_meta")).toObject().value(QStringLiteral("progressToken")));
    return {{{}, error(id, RpcError::InvalidParams, QStringLiteral("There are the tools echo and count"))}};
}

/// MCP, Lifecycle: the version that the client asked for when it is known, else the server's own.
QJsonObject initialized(const QJsonObject &params)
{
    const QString asked = params.value(QStringLiteral("protocolVersion")).toString();
    const QString version =
        isMcpVersion(asked.toStdString()) ? asked : QString::fromLatin1(Versions[0].data(), Versions[0].size());
    return {{QStringLiteral("protocolVersion"), version},
            {QStringLiteral("capabilities"), QJsonObject{{QStringLiteral("tools"), QJsonObject()}}},
            {QStringLiteral("serverInfo"), QJsonObject{{QStringLiteral("name"), QStringLiteral("pushscope-demo")},
                                                       {QStringLiteral("version"), QStringLiteral("1")}}}};
}

} // namespace

std::chrono::milliseconds McpTurn::duration() const
{
    return std::accumulate(messages.begin(), messages.end(), std::chrono::milliseconds(),
                           [](auto sum, const McpMessage &message) { return sum + message.wait; });
}

McpTurn mcpTurn(ByteView message)
{
    const auto document = QJsonDocument::fromJson(QByteArray(message.data(), qsizetype(message.size())));
    if (document.isNull())
        return refused(RpcError::ParseError, QStringLiteral("This is not JSON"));
    const QJsonObject object = document.object(); // a batch, gone since 2025-06-18, is none
    if (object.value(QStringLiteral("jsonrpc")) != QStringLiteral("2.0"))
        return refused(RpcError::InvalidRequest, QStringLiteral("This is not one message of JSON-RPC 2.0"));
    const QJsonValue id = object.value(QStringLiteral("id"));
    const QString method = object.value(QStringLiteral("method")).toString();
    const QJsonObject params = object.value(QStringLiteral("params")).toObject();
    if (id.isUndefined() || method.isEmpty())
        return {};
    if (method == QStringLiteral("initialize"))
        return {{{{}, result(id, initialized(params))}}, true, false};
    if (method == QStringLiteral("ping"))
        return {{{{}, result(id, {})}}};
    if (method == QStringLiteral("tools/list"))
        return {{{{}, result(id, tools())}}};
    if (method == QStringLiteral("tools/call"))
        return {call(id, params)};
    return {{{{}, error(id, RpcError::MethodNotFound, QStringLiteral("This server has no such method"))}}};
}

Bytes mcpPing(std::uint64_t number)
{
    return written(rpc({{QStringLiteral("id"), QStringLiteral("demo-%1").arg(number)},
                        {QStringLiteral("method"), QStringLiteral("ping")}}));
}

bool isMcpVersion(std::string_view version)
{
    return std::ranges::find(Versions, version) != Versions.end();
}

} // namespace pushscope::demo
