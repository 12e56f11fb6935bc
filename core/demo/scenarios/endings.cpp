#include "core/demo/answer.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

namespace pushscope::demo {

namespace {

Script cutMidEvent(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    if (request.lastId() == 1)
        return {{streamHead(), body(event(2, "this time it is whole")), step::End{}}};
    return {{streamHead(), body("retry: 500\n\n" + event(1, "a whole event")),
             body("id: 2\ndata: this time it is not wh"), step::Close{}}};
}

Script reset(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    if (request.lastId() == 1)
        return {{streamHead(), body(event(2, "back after the reset")), step::End{}}};
    return {{streamHead(), body("retry: 500\n\n" + event(1, "an event, then RST")),
             wait(request.parameters.number("interval")), step::Reset{}}};
}

Script shortContent(const ScriptRequest &request)
{
    if (request.lastId() >= 1)
        return nothingMore();
    const Bytes content = event(1, "ten bytes fewer than announced");
    return {{step::Head{answerHead(200, {{"Content-Type", "text/event-stream"},
                                         {"Cache-Control", "no-store"},
                                         {"Content-Length", std::to_string(content.size() + 10)}})},
             body(content), step::Close{}}};
}

Script neverAnswered(const ScriptRequest &request)
{
    Script script{{wait(request.parameters.number("interval"))}};
    const std::string &with = request.parameters.text("with");
    if (with == "garbage" && !request.isHttp2())
        script.steps.push_back(step::Raw{"This is no status line.\r\n\r\n"});
    else if (with == "half-a-head" && !request.isHttp2())
        script.steps.push_back(step::Raw{"HTTP/1.1 200 OK\r\nContent-Ty"});
    if (with == "reset")
        script.steps.push_back(step::Reset{});
    else
        script.steps.push_back(step::Close{});
    return script;
}

Script badChunk(const ScriptRequest &request)
{
    if (request.lastId() >= 1)
        return nothingMore();
    Script script{{streamHead(), body("retry: 500\n\n" + event(1, "in a good chunk"))}};
    script.steps.push_back(wait(100)); // Chromium drops what one read brings before the bad chunk, too
    if (!request.isHttp2())
        script.steps.push_back(step::Raw{"zz\r\n" + event(2, "in a bad one") + "\r\n"});
    script.steps.push_back(step::Close{});
    return script;
}

} // namespace

ScenarioScripts endingScenarios()
{
    return {
        {"cut-mid-event",
         "Cut in the middle of an event",
         "The connection ends inside event 2 and inside the chunked coding; over HTTP/2 RST_STREAM with INTERNAL_ERROR "
         "ends the stream. The client comes back with last event ID 1 and gets it whole.",
         {},
         cutMidEvent,
         {}},
        {"reset",
         "Reset after data",
         "The connection ends with a TCP reset instead of FIN, or the stream with RST_STREAM, CANCEL. What came before "
         "it is kept, and the client resumes.",
         {intervalParameter(300)},
         reset,
         {}},
        {"short-content",
         "Shorter than announced",
         "The connection, or over HTTP/2 the stream, ends before the announced Content-Length. The event that came is "
         "good; the answer counts as cut.",
         {},
         shortContent,
         {}},
        {"never-answered",
         "Closed without an answer",
         "The server reads the request and closes without a byte, over HTTP/2 by RST_STREAM. That is a network error: "
         "the client tries again.",
         {intervalParameter(500), ParameterSpec::word("with", {"fin", "reset", "garbage", "half-a-head"},
                                                      "how it ends; over HTTP/2 the last two are as the first")},
         neverAnswered,
         {}},
        {"bad-chunk",
         "A chunk that is none",
         "Behind a good chunk comes one whose size is no number, over HTTP/2 a stream that breaks. Nothing of it is "
         "delivered, and the client comes back with what it had.",
         {},
         badChunk,
         {}},
    };
}

} // namespace pushscope::demo
