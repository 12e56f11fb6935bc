#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

namespace pushscope::demo {

namespace {

Script lineEndings(const ScriptRequest &request)
{
    if (request.lastId() >= 6)
        return nothingMore();
    return {{streamHead(),
             body("id: 1\ndata: LF\n\n"
                  "id: 2\rdata: CR\r\r"
                  "id: 3\r\ndata: CRLF\r\n\r\n"
                  "id: 4\rdata: CR, then LF\n\r\n"),
             // The CR ends the block: the event is complete before its LF comes.
             body("id: 5\r\ndata: CRLF in two writes\r\n\r"), wait(request.parameters.number("interval")),
             body("\nid: 6\ndata: done\n\n"), step::End{}}};
}

Script oneByteWrites(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    Script script{{request.parameters.text("framing") == "identity" ? endlessHead() : streamHead()}};
    const Bytes bytes = event(1, "one byte a write \xE2\x82\xAC") + event(2, "done");
    for (const char byte : bytes) {
        script.steps.push_back(body(Bytes(1, byte)));
        script.steps.push_back(wait(request.parameters.number("interval")));
    }
    script.steps.push_back(step::End{});
    return script;
}

Script splitUtf8(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    const std::uint64_t interval = request.parameters.number("interval");
    return {{streamHead(), body("id: 1\ndata: euro \xE2"), wait(interval), body("\x82"), wait(interval),
             body("\xAC, clef \xF0\x9D"), wait(interval), body("\x84\x9E\n\n"), wait(interval),
             body("id: 2\ndata: cut \xE2\x82 and wrong \xFF become U+FFFD\n\n"), step::End{}}};
}

Script finalEventUnterminated(const ScriptRequest &request)
{
    if (request.lastId() >= 1)
        return nothingMore();
    return {{streamHead(), body(event(1, "the last whole event")), body("id: 2\ndata: no blank line follows\n"),
             step::End{}}};
}

} // namespace

ScenarioScripts lineScenarios()
{
    return {
        {"line-endings",
         "CR, LF and CRLF mixed",
         "Each kind of line ending ends a line, also two kinds in one block. Event 5 is complete with its last CR: the "
         "LF comes later and ends "
         "no further line.",
         {intervalParameter(200)},
         lineEndings,
         {}},
        {"one-byte-writes",
         "One byte a write",
         "Every byte travels in a write of its own. The events are the same as if they came whole.",
         {intervalParameter(10), ParameterSpec::word("framing", {"chunked", "identity"}, "of the answer")},
         oneByteWrites,
         {}},
        {"split-utf8",
         "UTF-8 cut between writes",
         "Characters of three and four bytes arrive in pieces and are whole in the event. Bytes that are no UTF-8 "
         "become U+FFFD.",
         {intervalParameter(100)},
         splitUtf8,
         {}},
        {"final-event-unterminated",
         "The last event lacks its blank line",
         "The stream ends cleanly, but inside a block. The standard discards it, and the last event ID stays 1.",
         {},
         finalEventUnterminated,
         {}},
    };
}

} // namespace pushscope::demo
