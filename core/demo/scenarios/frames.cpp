#include "core/demo/answer.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

#include <algorithm>
#include <array>

namespace pushscope::demo {

namespace {

constexpr std::array kSettings{Http2Setting::MaxConcurrentStreams, Http2Setting::InitialWindowSize,
                               Http2Setting::HeaderTableSize};

Step frame(Http2FrameType type, std::uint8_t flags, Bytes payload, bool onConnection)
{
    return step::OnHttp2{http2step::Frame{type, flags, std::move(payload), onConnection}};
}

/// Two bytes of length and the text.
Bytes counted(ByteView text)
{
    const char length[]{static_cast<char>(text.size() >> 8), static_cast<char>(text.size())};
    return Bytes(length, sizeof length).append(text);
}

Script settingsChange(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    const std::string &name = request.parameters.text("setting");
    const auto *setting =
        std::find_if(kSettings.begin(), kSettings.end(), [&](Http2Setting one) { return word(one) == name; });
    const auto value = static_cast<std::uint32_t>(request.parameters.number("value"));
    return {{streamHead(), body(event(1, "SETTINGS with another " + name + " follow")),
             wait(request.parameters.number("interval")), step::OnHttp2{http2step::Settings{{{*setting, value}}}},
             body(event(2, name + " is " + std::to_string(value) + " from now on, for all of the connection")),
             wait(request.parameters.number("interval")), step::End{}}};
}

Script serverPing(const ScriptRequest &request)
{
    return {{streamHead(), step::OnHttp2{http2step::Ping{0x7075736873636f70}},
             body("data: a PING went before this\n\n"), wait(request.parameters.number("interval")), step::Again{1}}};
}

Script padding(const ScriptRequest &request)
{
    if (request.lastId() >= 3)
        return nothingMore();
    const std::uint64_t interval = request.parameters.number("interval");
    return {{step::OnHttp2{http2step::Pad{request.parameters.number("to")}}, streamHead(),
             body(event(1, "head and event are padded")), wait(interval), body(event(2, "this one too")),
             step::OnHttp2{http2step::Pad{0}}, body(event(3, "and this one is not")), step::End{}}};
}

Script trailers(const ScriptRequest &request)
{
    if (request.lastId() >= 1)
        return nothingMore();
    HttpHead head = answerHead(200, eventStreamFields(true));
    head.headers.add("Trailer", "X-Events, X-Reason");
    return {{step::Head{std::move(head)}, body(event(1, "fields follow the content")),
             wait(request.parameters.number("interval")),
             step::End{{{"X-Events", "1"}, {"X-Reason", "the stream is complete"}}}}};
}

Script pushPromise(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    http2step::Promise promise;
    promise.request.method = "GET";
    promise.request.target = "/events?pushed";
    promise.answer = answerHead(200, eventStreamFields(false));
    promise.content = event(1, "these bytes arrive, and no application ever sees them");
    promise.refusal = ": this client's SETTINGS_ENABLE_PUSH is 0, so nothing was promised\n\n";
    return {{streamHead(), body(event(1, "a PUSH_PROMISE of an event stream follows")),
             step::OnHttp2{std::move(promise)}, wait(request.parameters.number("interval")),
             body(event(2, "whatever was pushed, this is the only other event")), step::End{}}};
}

Script unknownFrames(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    const auto type = static_cast<Http2FrameType>(request.parameters.number("type"));
    return {{streamHead(), body(event(1, "frames of a type that nobody knows follow")),
             frame(type, 0xff, "on the connection", true), frame(type, 0, "on the stream", false),
             body(event(2, "an endpoint ignores them")), step::End{}}};
}

Script altsvcAndOrigin(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    const std::string origin =
        std::string(request.request.isSecure ? "https://" : "http://") + request.request.authority;
    const std::string elsewhere = "h2=\"alternative.example:443\"; ma=60";
    return {{streamHead(), body(event(1, "ALTSVC and ORIGIN frames follow")),
             frame(Http2FrameType::Altsvc, 0, counted(origin) + elsewhere, true),
             frame(Http2FrameType::Altsvc, 0, counted("") + elsewhere, false),
             frame(Http2FrameType::Origin, 0, counted(origin) + counted("https://other.example"), true),
             body(event(2, "they say where else the same is served, and for whom this connection speaks")),
             step::End{}}};
}

std::vector<std::string_view> settingWords()
{
    std::vector<std::string_view> words;
    words.reserve(std::size(kSettings));
    for (const Http2Setting setting : kSettings)
        words.push_back(word(setting));
    return words;
}

} // namespace

ScenarioScripts frameScenarios()
{
    return {
        {"settings-change",
         "SETTINGS change",
         "The server sends SETTINGS in the middle of the stream, and the client acknowledges them. They count for all "
         "streams of the connection: with MAX_CONCURRENT_STREAMS at 1 the next one has to wait.",
         {ParameterSpec::word("setting", settingWords(), "what changes"),
          ParameterSpec::number("value", 100, 0, 0x7fffffff, "its new value"), intervalParameter(500)},
         settingsChange,
         {"setting=MAX_CONCURRENT_STREAMS&value=100", "setting=INITIAL_WINDOW_SIZE&value=32768",
          "setting=HEADER_TABLE_SIZE&value=256"},
         true},
        {"server-ping",
         "PING by the server",
         "A PING goes before each event, and the client's acknowledgement carries the same eight bytes back. The time "
         "between the two is the round trip.",
         {intervalParameter(1000)},
         serverPing,
         {},
         true},
        {"padding",
         "Padding",
         "HEADERS and DATA are filled up with padding, which counts in the windows and means nothing. The events are "
         "the "
         "same as without.",
         {ParameterSpec::number("to", 256, 2, 256, "frames are padded to multiples of so many bytes"),
          intervalParameter(300)},
         padding,
         {},
         true},
        {"trailers",
         "Trailers",
         "Fields follow the content: over HTTP/2 in a HEADERS frame that ends the stream, over HTTP/1.1 behind the "
         "last "
         "chunk. EventSource shows none of them.",
         {intervalParameter(300)},
         trailers,
         {}},
        {"push-promise",
         "PUSH_PROMISE delivers no event",
         "The server pushes an event stream, and its bytes arrive. No event ever comes of it: a push fills a cache, "
         "and "
         "no application is told. Without ENABLE_PUSH a comment says that nothing was promised.",
         {intervalParameter(500)},
         pushPromise,
         {},
         true},
        {"unknown-frames",
         "Frames that nobody knows",
         "A frame of an unknown type comes on the connection and another on the stream. Endpoints ignore them, and "
         "both "
         "events arrive.",
         {ParameterSpec::number("type", 0xfa, 0x20, 0xff, "of the frames")},
         unknownFrames,
         {},
         true},
        {"altsvc-origin",
         "ALTSVC and ORIGIN",
         "The server names an alternative service and the origins that it answers for. Both are extensions that a "
         "client "
         "may use or ignore.",
         {},
         altsvcAndOrigin,
         {},
         true},
    };
}

} // namespace pushscope::demo
