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
    return {{wait(request.parameters.number("interval")), step::Close{}}};
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
         {intervalParameter(500)},
         neverAnswered,
         {}},
    };
}

} // namespace pushscope::demo
