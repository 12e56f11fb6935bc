#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

#include <algorithm>

namespace pushscope::demo {

namespace {

ParameterSpec retryParameter(std::uint64_t fallback)
{
    return ParameterSpec::number("retry", fallback, 0, 60'000,
                                 "the reconnection time that the server asks for, in milliseconds");
}

Bytes retryLine(std::uint64_t milliseconds)
{
    return "retry: " + std::to_string(milliseconds) + "\n\n";
}

/// Events from..to, one a write.
void appendEvents(Script &script, std::uint64_t from, std::uint64_t to, std::uint64_t interval)
{
    for (std::uint64_t id = from; id <= to; ++id) {
        if (id > from)
            script.steps.push_back(wait(interval));
        script.steps.push_back(body(event(id, "event " + std::to_string(id))));
    }
}

Script resumeAfterDrop(const ScriptRequest &request)
{
    const std::uint64_t count = request.parameters.number("count");
    const std::uint64_t first = request.lastId() + 1;
    if (first > count)
        return nothingMore();
    const std::uint64_t last = std::min(count, first + request.parameters.number("drop") - 1);
    Script script{{streamHead(), body(retryLine(request.parameters.number("retry")))}};
    appendEvents(script, first, last, request.parameters.number("interval"));
    if (last == count)
        script.steps.push_back(step::End{});
    else
        script.steps.push_back(step::Close{});
    return script;
}

Script resumeGap(const ScriptRequest &request)
{
    const std::uint64_t lost = request.parameters.number("lost");
    const std::uint64_t lastId = request.lastId();
    Script script{{streamHead(), body(retryLine(request.parameters.number("retry")))}};
    if (lastId == 0) {
        appendEvents(script, 1, 3, request.parameters.number("interval"));
        script.steps.push_back(step::Close{});
        return script;
    }
    if (lastId > 3)
        return nothingMore();
    const std::uint64_t oldest = 4 + lost;
    script.steps.push_back(body("event: reset\ndata: {\"from\":" + std::to_string(lastId + 1) +
                                ",\"oldest\":" + std::to_string(oldest) + "}\n\n"));
    appendEvents(script, oldest, oldest + 2, request.parameters.number("interval"));
    script.steps.push_back(step::End{});
    return script;
}

Script duplicateIds(const ScriptRequest &request)
{
    if (request.lastId() >= 5)
        return nothingMore();
    Script script{{streamHead(), body(retryLine(request.parameters.number("retry")))}};
    const std::uint64_t interval = request.parameters.number("interval");
    if (request.lastId() == 0) {
        appendEvents(script, 1, 2, interval);
        appendEvents(script, 2, 3, interval);
        script.steps.push_back(step::Close{});
    } else {
        appendEvents(script, 2, 5, interval); // 3 was the last event ID: 2 and 3 come again
        script.steps.push_back(step::End{});
    }
    return script;
}

Script retryChanged(const ScriptRequest &request)
{
    const std::uint64_t later = request.parameters.number("later");
    if (request.lastId() >= 3)
        return nothingMore();
    Script script{{streamHead()}};
    if (request.lastId() == 0) {
        script.steps.push_back(
            body(retryLine(request.parameters.number("retry")) + event(1, "the reconnection time is the first one")));
        script.steps.push_back(wait(request.parameters.number("interval")));
        script.steps.push_back(body(retryLine(later) + event(2, "and now it is another")));
        script.steps.push_back(step::Close{});
    } else {
        script.steps.push_back(body(event(3, "back after the second reconnection time")));
        script.steps.push_back(step::End{});
    }
    return script;
}

Script status204(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    Script script{{streamHead(), body(retryLine(request.parameters.number("retry")))}};
    appendEvents(script, 1, 2, request.parameters.number("interval"));
    script.steps.push_back(step::End{});
    return script;
}

} // namespace

ScenarioScripts resumeScenarios()
{
    return {
        {"resume-after-drop",
         "Resume after a drop",
         "The server cuts the connection after each third event. The client comes back with Last-Event-ID and nothing "
         "is missing at the end.",
         {ParameterSpec::number("drop", 3, 1, 1000, "events on each connection"),
          ParameterSpec::number("count", 9, 1, 100'000,
                                "the last event's id, behind which a client is told not to come back"),
          intervalParameter(300), retryParameter(500)},
         resumeAfterDrop,
         {}},
        {"resume-gap",
         "Resume with a gap",
         "The server has forgotten what came behind the last event ID and says so with an event of type reset. The ids "
         "jump: that is the gap.",
         {ParameterSpec::number("lost", 5, 1, 1'000'000, "events that are gone"), intervalParameter(300),
          retryParameter(500)},
         resumeGap,
         {}},
        {"duplicate-ids",
         "The same ids again",
         "Id 2 comes twice on the first connection, and after the resume 2 and 3 come once more. A client that counts "
         "on ids being unique "
         "handles these events twice.",
         {intervalParameter(300), retryParameter(500)},
         duplicateIds,
         {}},
        {"retry-changed",
         "The reconnection time changes",
         "The stream begins with one retry and replaces it before the connection is cut. The client waits for the "
         "second time.",
         {retryParameter(5000),
          ParameterSpec::number("later", 200, 0, 60'000, "the second reconnection time, in milliseconds"),
          intervalParameter(300)},
         retryChanged,
         {}},
        {"status-204",
         "204 stops the reconnecting",
         "The stream ends after two events and the client comes back once. The answer 204 tells it to stay away.",
         {intervalParameter(300), retryParameter(500)},
         status204,
         {}},
    };
}

} // namespace pushscope::demo
