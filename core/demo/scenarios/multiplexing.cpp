#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

namespace pushscope::demo {

namespace {

constexpr std::uint32_t kErrorCodes = 14; // RFC 9113 section 7

ParameterSpec codeParameter(Http2ErrorCode fallback)
{
    std::vector<std::string_view> words{word(fallback)};
    for (std::uint32_t code = 0; code < kErrorCodes; ++code) {
        if (static_cast<Http2ErrorCode>(code) != fallback)
            words.push_back(word(static_cast<Http2ErrorCode>(code)));
    }
    return ParameterSpec::word("code", std::move(words), "the error code in the frame");
}

Http2ErrorCode codeOf(const ScriptRequest &request)
{
    std::uint32_t code = 0;
    while (word(static_cast<Http2ErrorCode>(code)) != request.parameters.text("code"))
        ++code; // a word of the table, so it is found
    return static_cast<Http2ErrorCode>(code);
}

Script twelveStreams(const ScriptRequest &request)
{
    const std::string number = std::to_string(request.parameters.number("stream"));
    return {{streamHead(), body("data: stream " + number + " of twelve\n\n"),
             wait(request.parameters.number("interval")), step::Again{1}}};
}

std::vector<std::string> twelveQueries()
{
    std::vector<std::string> queries;
    for (int stream = 1; stream <= 12; ++stream)
        queries.push_back("stream=" + std::to_string(stream));
    return queries;
}

Script goaway(const ScriptRequest &request)
{
    const std::uint64_t interval = request.parameters.number("interval");
    if (request.lastId() >= 4)
        return nothingMore();
    if (request.lastId() >= 3)
        return {{streamHead(), body(event(4, "on another connection, behind the last event ID")), step::End{}}};
    return {{streamHead(), body("retry: 500\n\n" + event(1, "two GOAWAY frames follow, and no event is lost")),
             wait(interval), step::OnHttp2{http2step::AnnounceGoaway{}},
             body(event(2, "the first names no last stream: open no new ones, please")), wait(interval),
             step::OnHttp2{http2step::Goaway{codeOf(request), "the demo moves"}},
             body(event(3, "the second names this stream: it is the last one taken")), wait(interval), step::End{}}};
}

Script refusedByGoaway(const ScriptRequest &request)
{
    if (request.lastId() >= 1)
        return nothingMore();
    const std::uint64_t interval = request.parameters.number("interval");
    // A last stream of 0 and NO_ERROR: whatever was asked for was not looked at, and may be asked for elsewhere.
    return {{wait(interval), step::OnHttp2{http2step::Frame{Http2FrameType::Goaway, 0, Bytes(8, '\0'), true}},
             step::OnHttp2{http2step::Reset{Http2ErrorCode::RefusedStream}}}};
}

Script resetStream(const ScriptRequest &request)
{
    if (request.lastId() >= 1)
        return nothingMore();
    const Http2ErrorCode code = codeOf(request);
    return {{streamHead(), body(event(1, "RST_STREAM with " + std::string(word(code)) + " follows")),
             wait(request.parameters.number("interval")), step::OnHttp2{http2step::Reset{code}}}};
}

std::vector<std::string> codeQueries()
{
    std::vector<std::string> queries;
    for (std::uint32_t code = 0; code < kErrorCodes; ++code)
        queries.push_back("code=" + std::string(word(static_cast<Http2ErrorCode>(code))));
    return queries;
}

Script flowControl(const ScriptRequest &request)
{
    const std::uint64_t count = request.parameters.number("count");
    if (request.lastId() >= count)
        return nothingMore();
    return {{streamHead(), step::FillWindow{request.lastId(), count, request.parameters.number("size")}, step::End{}}};
}

} // namespace

ScenarioScripts multiplexingScenarios()
{
    return {
        {"twelve-streams",
         "Twelve streams at once",
         "Over HTTP/2 all twelve share one connection. Over HTTP/1.1 each needs its own, and a browser opens six: the "
         "other six wait for ever.",
         {ParameterSpec::number("stream", 1, 1, 12, "which of the twelve this is"), intervalParameter(1000)},
         twelveStreams,
         twelveQueries()},
        {"goaway",
         "GOAWAY and a graceful move",
         "The first GOAWAY names no last stream, the second names this one, which still ends as it should. The client "
         "comes back on another connection with its last event ID.",
         {codeParameter(Http2ErrorCode::NoError), intervalParameter(500)},
         goaway,
         {},
         true},
        {"goaway-refused",
         "GOAWAY before the answer",
         "GOAWAY names stream 0 as the last, and the stream is reset with REFUSED_STREAM. The request was not looked "
         "at: a client asks again on another connection.",
         {intervalParameter(300)},
         refusedByGoaway,
         {},
         true},
        {"reset-stream",
         "RST_STREAM with each error code",
         "The stream ends with the code of your choice behind its first event. The connection and its other streams go "
         "on.",
         {codeParameter(Http2ErrorCode::NoError), intervalParameter(300)},
         resetStream,
         codeQueries(),
         true},
        {"flow-control",
         "Flow control, starved and released",
         "Each event goes out when the windows let the one before it go, and tells how long that took and what they "
         "were. Pause reading and they run empty; read on and the next event tells how long the server was blocked.",
         {ParameterSpec::number("count", 1000, 1, 1'000'000, "the last event's id"),
          ParameterSpec::number("size", 16'000, 100, 1'048'576, "bytes of each event, about")},
         flowControl,
         {},
         true},
    };
}

} // namespace pushscope::demo
