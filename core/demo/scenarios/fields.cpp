#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

namespace pushscope::demo {

namespace {

/// A stream of these bytes, ended cleanly; a client that has seen its last event does not come back.
Script wholeStream(const ScriptRequest &request, std::uint64_t lastId, Bytes bytes)
{
    if (request.lastId() >= lastId)
        return nothingMore();
    return {{streamHead(), body(std::move(bytes)), step::End{}}};
}

Script bogusRetry(const ScriptRequest &request)
{
    return wholeStream(request, 2,
                       "retry: 1500\n\n" + event(1, "the reconnection time is 1500 ms") +
                           "retry: 1000x\nretry: -1\nretry: 1.5\nretry:\nretry\nretry: \xEF\xBC\x95\n\n" +
                           event(2, "and it still is: only ASCII digits count"));
}

Script nulId(const ScriptRequest &request)
{
    using namespace std::string_literals;
    return wholeStream(request, 1,
                       event(1, "the last event ID is 1") +
                           "id: 2\0x\ndata: an id with NUL is ignored, it still is 1\n\n"s);
}

Script bom(const ScriptRequest &request)
{
    const std::string mark = "\xEF\xBB\xBF";
    return wholeStream(request, 2,
                       mark + event(1, "one byte order mark at the start is skipped") + mark +
                           "data: a second one is part of the field name\n" +
                           event(2, "so that this block has this line only"));
}

Script multiLineData(const ScriptRequest &request)
{
    return wholeStream(request, 3,
                       "id: 1\ndata: first line\ndata: second line\n\n"
                       "id: 2\ndata\ndata\n\n"
                       "id: 3\ndata:no space\ndata:  two spaces\ndata: \n\n");
}

Script unknownFields(const ScriptRequest &request)
{
    return wholeStream(
        request, 2,
        "id: 1\nheaders: {}\nData: names are case-sensitive\n data: no space before\ndata: what counts\n\n"
        ": a comment\nid: 2\ndata: done\n\n");
}

Script heartbeatOnly(const ScriptRequest &request)
{
    return {{streamHead(), body(": heartbeat\n\n"), wait(request.parameters.number("interval")), step::Again{1}}};
}

Script silent(const ScriptRequest &)
{
    return {{streamHead()}};
}

} // namespace

ScenarioScripts fieldScenarios()
{
    return {
        {"bogus-retry",
         "Retry that is no number",
         "One good retry is followed by six bad ones. The reconnection time stays as it was.",
         {},
         bogusRetry,
         {}},
        {"nul-id",
         "An id with NUL",
         "The second id contains U+0000 and is ignored. The last event ID stays 1.",
         {},
         nulId,
         {}},
        {"bom",
         "Byte order marks",
         "The stream begins with a byte order mark, which is skipped. A later one is not: it makes an unknown field.",
         {},
         bom,
         {}},
        {"multi-line-data",
         "Data of several lines",
         "Data lines are joined with line feeds. One space behind the colon is dropped, a second one is kept.",
         {},
         multiLineData,
         {}},
        {"unknown-fields",
         "Fields that nobody knows",
         "Lines with other names, other case or a leading space are ignored. The events around them are whole.",
         {},
         unknownFields,
         {}},
        {"heartbeat-only",
         "Comments as heartbeat",
         "The connection is alive, as the comments show. No event ever comes.",
         {intervalParameter(1000)},
         heartbeatOnly,
         {}},
        {"silent",
         "A silent stream",
         "The answer begins and nothing follows. Only an idle time-out can tell it from a dead connection.",
         {},
         silent,
         {}},
    };
}

} // namespace pushscope::demo
