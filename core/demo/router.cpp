#include "core/demo/router.h"

#include "core/demo/chatexchange.h"
#include "core/demo/demopage.h"
#include "core/demo/demostream.h"
#include "core/demo/echoexchange.h"
#include "core/demo/feedexchange.h"
#include "core/demo/feedoptions.h"
#include "core/demo/mcpendpoint.h"
#include "core/demo/modelstream.h"
#include "core/demo/ndjson.h"
#include "core/demo/publishexchange.h"
#include "core/demo/relayexchange.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scriptplayer.h"
#include "core/demo/websocketopening.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace pushscope::demo {

namespace {

using Handler = Routed (*)(DemoStream &stream);

/// A path, the methods that it is for as Allow lists them, and who answers.
struct Route
{
    std::string_view path;
    std::string_view methods;
    Handler handler;
};

bool isWebSocketPath(std::string_view path)
{
    return path.starts_with("/ws/");
}

constexpr std::string_view kGetAndHead = "GET, HEAD";

/// Whether a list names the method.
bool isAllowed(std::string_view method, std::string_view methods)
{
    constexpr std::string_view comma = ", ";
    for (std::size_t end = methods.find(comma); end != std::string_view::npos; end = methods.find(comma)) {
        if (method == methods.substr(0, end))
            return true;
        methods.remove_prefix(end + comma.size());
    }
    return method == methods;
}

Routed openFeed(DemoStream &stream, const FeedOptions &options)
{
    const Request &request = stream.request();
    const auto lastId = lastEventId(*request.head);
    // WHATWG HTML 9.2.3: 204 is how a server tells a client not to come back.
    if (lastId && options.count > 0 && *lastId >= options.count)
        return Answer{204, {{"Cache-Control", "no-store"}}, {}};
    if (request.head->method == "HEAD")
        return Answer{200, eventStreamFields(options.framing == EventFraming::Chunk), {}, false};
    const std::string key = request.path + (request.rawQuery.empty() ? "" : "?" + request.rawQuery);
    std::shared_ptr<Feed> feed = stream.context().feeds.open(key, options, lastId.has_value());
    if (!feed)
        return tooManyFeeds();
    return std::make_unique<FeedExchange>(stream, std::move(feed), lastId);
}

Routed events(DemoStream &stream)
{
    const auto parameters = readParameters(stream.request().query, eventsParameters(stream.context().seed));
    if (!parameters)
        return refusalAnswer(parameters.error());
    return openFeed(stream, eventsOptions(*parameters));
}

Routed ticks(DemoStream &stream)
{
    const auto parameters = readParameters(stream.request().query, ticksParameters(stream.context().seed));
    if (!parameters)
        return refusalAnswer(parameters.error());
    return openFeed(stream, ticksOptions(*parameters));
}

Routed publish(DemoStream &stream)
{
    static const std::array specs{
        ParameterSpec::text("topic", "", 64, "whose readers get the body: those of /events?topic="),
        ParameterSpec::number("delay", 0, 0, 60'000, "milliseconds before they get it")};
    const auto parameters = readParameters(stream.request().query, specs);
    if (!parameters)
        return refusalAnswer(parameters.error());
    const std::string &topic = parameters->text("topic");
    if (const std::uint64_t delay = parameters->number("delay"); delay > 0)
        return std::make_unique<PublishExchange>(stream, topic, std::chrono::milliseconds(delay));
    return publishAnswer(stream, topic);
}

Routed ndjson(DemoStream &stream)
{
    const auto parameters = readParameters(stream.request().query, ndjsonParameters());
    if (!parameters)
        return refusalAnswer(parameters.error());
    return std::make_unique<ScriptPlayer>(stream, ndjsonScript(*parameters));
}

Routed chat(DemoStream &stream)
{
    static const std::array specs{ParameterSpec::text("room", "lobby", 64, "who is in the same room hears each other")};
    const auto parameters = readParameters(stream.request().query, specs);
    if (!parameters)
        return refusalAnswer(parameters.error());
    return std::make_unique<ChatExchange>(stream, parameters->text("room"));
}

Routed reference(DemoStream &stream)
{
    if (stream.context().referencePort == 0)
        return textAnswer(502, "the QWebSocketServer behind this path could not listen");
    return std::make_unique<RelayExchange>(stream);
}

Routed echo(DemoStream &stream)
{
    const auto parameters = readParameters(stream.request().query, {});
    if (!parameters)
        return refusalAnswer(parameters.error());
    return std::make_unique<EchoExchange>(stream);
}

template <ModelFormat Format>
Routed model(DemoStream &stream)
{
    const auto parameters = readParameters(stream.request().query, modelParameters());
    if (!parameters)
        return refusalAnswer(parameters.error());
    const ModelTurn turn = modelTurn(*parameters, stream.request().body);
    return std::make_unique<ScriptPlayer>(stream, modelScript(modelEvents(Format, turn), *parameters));
}

constexpr std::array kRoutes{
    Route{"/events", kGetAndHead, events},
    Route{"/publish", "POST", publish},
    Route{"/ndjson", "GET", ndjson},
    Route{"/v1/chat/completions", "POST", model<ModelFormat::OpenAiChat>},
    Route{"/v1/responses", "POST", model<ModelFormat::OpenAiResponses>},
    Route{"/v1/messages", "POST", model<ModelFormat::Anthropic>},
    Route{"/v1beta/models/demo:streamGenerateContent", "POST", model<ModelFormat::Gemini>},
    Route{"/mcp", "GET, POST, DELETE", mcpEndpoint},
    Route{"/mcp/sse", "GET", mcpOlderStream},
    Route{"/mcp/messages", "POST", mcpOlderMessages},
    Route{"/ws/echo", "GET", echo},
    Route{"/ws/ticks", "GET", ticks},
    Route{"/ws/chat", "GET", chat},
    Route{"/ws/reference", "GET", reference},
};

/// What is wrong with an opening request, if anything.
std::optional<Answer> refuseOpening(const Request &request)
{
    const auto offer = readOpening(request);
    if (offer)
        return std::nullopt;
    Answer answer = textAnswer(offer.error().status, offer.error().reason);
    for (const HeaderField &field : offer.error().headers)
        answer.headers.add(field.name, field.value);
    return answer;
}

Routed playScenario(DemoStream &stream, const ScenarioScript &scenario)
{
    if (scenario.needsHttp2 && !stream.http2())
        return textAnswer(505, "this scenario needs HTTP/2: by ALPN on the TLS port, by prior knowledge on this one");
    const auto parameters = readParameters(stream.request().query, scenario.parameters);
    if (!parameters)
        return refusalAnswer(parameters.error());
    return std::make_unique<ScriptPlayer>(stream, scenario.script({*parameters, stream.request()}));
}

} // namespace

Routed route(DemoStream &stream)
{
    const Request &request = stream.request();
    // RFC 8441 section 5: the extended CONNECT of a WebSocket stands for HTTP/1.1's GET.
    const bool isOpening = request.protocol == "websocket" && isWebSocketPath(request.path);
    const std::string method = isOpening ? "GET" : request.head->method;
    if (method == "CONNECT")
        return textAnswer(501,
                          "this server is no proxy, and what CONNECT opens here is a WebSocket at a path below /ws/");
    if (auto page = demoPage(request))
        return isAllowed(method, kGetAndHead) ? std::move(*page) : methodAnswer(kGetAndHead);
    const auto *found =
        std::find_if(kRoutes.begin(), kRoutes.end(), [&](const Route &route) { return route.path == request.path; });
    const ScenarioScript *scenario = found == kRoutes.end() ? scenarioAt(request.path) : nullptr;
    if (found == kRoutes.end() && !scenario)
        return textAnswer(
            404, "there is nothing at this path; / is a page that shows what there is, /scenarios lists it as JSON");
    const std::string_view allowed = scenario ? scenario->methods : found->methods;
    if (method == "OPTIONS" && !request.corsOrigin.empty()) { // a CORS preflight (WHATWG Fetch 4.8)
        return Answer{204,
                      {{"Allow", std::string(allowed)},
                       {"Access-Control-Allow-Methods", std::string(allowed)},
                       {"Access-Control-Allow-Headers",
                        "Content-Type, Last-Event-ID, Cache-Control, Mcp-Session-Id, MCP-Protocol-Version"}},
                      {}};
    }
    if (!isAllowed(method, allowed))
        return methodAnswer(allowed);
    if (isWebSocketPath(request.path)) {
        if (auto refusal = refuseOpening(request))
            return std::move(*refusal);
    }
    return scenario ? playScenario(stream, *scenario) : found->handler(stream);
}

} // namespace pushscope::demo
