#include "core/demo/mcpendpoint.h"

#include "core/demo/demostream.h"
#include "core/demo/mcpstream.h"
#include "core/demo/scenarios/steps.h"
#include "core/demo/scriptplayer.h"
#include "core/wire/sse/sseencoder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pushscope::demo {

namespace {

constexpr std::string_view EventStream = "text/event-stream";
constexpr std::string_view Json = "application/json";
constexpr std::string_view SessionField = "Mcp-Session-Id";

/// Whether Accept names a media type (RFC 9110 section 12.5.1), by itself or by a range.
bool accepts(const Request &request, std::string_view type)
{
    const auto accept = request.head->headers.value("Accept");
    if (!accept)
        return true;
    const std::string family = std::string(type.substr(0, type.find('/'))) + "/*";
    for (std::string_view rest = *accept; !rest.empty();) {
        const std::size_t comma = rest.find(',');
        std::string_view range = rest.substr(0, comma);
        range = range.substr(0, range.find(';'));
        range.remove_prefix(std::min(range.find_first_not_of(" \t"), range.size()));
        range = range.substr(0, range.find_last_not_of(" \t") + 1);
        if (equalsIgnoreCase(range, type) || equalsIgnoreCase(range, family) || range == "*/*")
            return true;
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    return false;
}

Answer noSuchSession()
{
    return textAnswer(404, "there is no such session; it has ended, and a new one begins with `initialize`");
}

/// What is wrong with the fields that name a session and a version, if anything.
std::optional<Answer> refuseFields(DemoStream &stream)
{
    const Headers &headers = stream.request().head->headers;
    const auto version = headers.value("MCP-Protocol-Version");
    if (version && !isMcpVersion(*version))
        return textAnswer(400, "this server does not speak that MCP-Protocol-Version");
    const auto session = headers.value(SessionField);
    if (session && !stream.context().mcp.use(std::string(*session)))
        return noSuchSession();
    if (!session && stream.request().head->method != "POST")
        return textAnswer(400, "this request needs the Mcp-Session-Id of a session");
    return std::nullopt;
}

/// An answer that takes its time, as an event for each message or as the reply alone.
Script answerScript(const McpTurn &turn, bool isStream, Headers fields)
{
    if (isStream) {
        Headers head = eventStreamFields(true);
        for (const HeaderField &field : fields)
            head.add(field.name, field.value);
        Script script{{step::Head{answerHead(200, std::move(head))}}};
        for (const McpMessage &message : turn.messages) {
            script.steps.push_back(step::Wait{message.wait});
            script.steps.push_back(step::Body{encodeSse({std::nullopt, "message", message.json, std::nullopt})});
        }
        script.steps.push_back(step::End{});
        return script;
    }
    const Bytes &reply = turn.messages.back().json;
    fields.add("Content-Type", std::string(Json));
    fields.add("Cache-Control", "no-store");
    fields.add("Content-Length", std::to_string(reply.size()));
    return {
        {step::Wait{turn.duration()}, step::Head{answerHead(200, std::move(fields))}, step::Body{reply}, step::End{}}};
}

Routed post(DemoStream &stream)
{
    const bool takesStream = accepts(stream.request(), EventStream);
    const bool takesJson = accepts(stream.request(), Json);
    if (!takesStream && !takesJson)
        return textAnswer(406, "what this endpoint answers is application/json or text/event-stream");
    const McpTurn turn = mcpTurn(stream.request().body);
    if (turn.isRefused)
        return contentAnswer(400, Json, turn.messages.back().json);
    if (turn.messages.empty())
        return Answer{202, {}, {}};
    Headers fields;
    if (turn.isInitialize)
        fields.add(std::string(SessionField), stream.context().mcp.open());
    // What is said in one message needs no stream, unless the client takes nothing else.
    const bool isStream = takesStream && (!takesJson || turn.messages.size() > 1);
    return std::make_unique<ScriptPlayer>(stream, answerScript(turn, isStream, std::move(fields)));
}

Routed openStream(DemoStream &stream, const std::string &session)
{
    if (!accepts(stream.request(), EventStream))
        return textAnswer(406, "what this endpoint answers to GET is text/event-stream");
    return std::make_unique<McpStream>(stream, session, McpStream::Transport::Streamable);
}

} // namespace

Routed mcpEndpoint(DemoStream &stream)
{
    if (const auto parameters = readParameters(stream.request().query, {}); !parameters)
        return refusalAnswer(parameters.error());
    if (auto refusal = refuseFields(stream))
        return std::move(*refusal);
    const HttpHead &head = *stream.request().head;
    if (head.method == "POST")
        return post(stream);
    const std::string session(head.headers.value(SessionField).value_or(std::string_view()));
    if (head.method == "GET")
        return openStream(stream, session);
    stream.context().mcp.close(session);
    return Answer{204, {}, {}};
}

Routed mcpOlderStream(DemoStream &stream)
{
    if (const auto parameters = readParameters(stream.request().query, {}); !parameters)
        return refusalAnswer(parameters.error());
    return std::make_unique<McpStream>(stream, stream.context().mcp.open(), McpStream::Transport::Older);
}

Routed mcpOlderMessages(DemoStream &stream)
{
    static const std::array specs{ParameterSpec::text("session", "", 64, "as the event endpoint of /mcp/sse told it")};
    const auto parameters = readParameters(stream.request().query, specs);
    if (!parameters)
        return refusalAnswer(parameters.error());
    const std::string &session = parameters->text("session");
    McpListener *listener = stream.context().mcp.listener(session);
    if (!listener || !stream.context().mcp.use(session))
        return noSuchSession();
    const McpTurn turn = mcpTurn(stream.request().body);
    if (turn.isRefused)
        return contentAnswer(400, Json, turn.messages.back().json);
    if (!listener->deliver(turn))
        return textAnswer(503, "the session has as many replies to come as it keeps");
    return textAnswer(202, "the reply, if there is one, comes in the stream");
}

} // namespace pushscope::demo
