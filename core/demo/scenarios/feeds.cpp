#include "core/demo/feedoptions.h"
#include "core/demo/ndjson.h"
#include "core/demo/scenarios/registry.h"

namespace pushscope::demo {

namespace {

std::vector<ScenarioParameter> described(const std::vector<ParameterSpec> &specs)
{
    std::vector<ScenarioParameter> parameters;
    for (const ParameterSpec &spec : specs)
        parameters.push_back({std::string(spec.name), spec.range(), std::string(spec.meaning)});
    return parameters;
}

} // namespace

std::vector<Scenario> feedList()
{
    constexpr std::uint64_t seed = 1;
    return {
        {"events",
         "Feeds",
         "Reference feed over Server-Sent Events",
         "An event each second, numbered from 1 and shared by all readers of the same URL. A reader that comes back "
         "with its last event ID "
         "gets what it missed.",
         {"/events"},
         described(eventsParameters(seed))},
        {"topic",
         "Feeds",
         "Publish with POST, read with EventSource",
         "What is posted to /publish?topic=demo arrives here as an event. The answer to the POST names the event's id.",
         {"/events?topic=demo"},
         described(eventsParameters(seed))},
        {"order",
         "Feeds",
         "Upstream by POST, and its order lost",
         "Post a message to /publish?topic=order&delay=1000, then another one at once without the delay: each is a "
         "request of its own, and the second event comes first. What is said in the room beside it goes over one "
         "WebSocket and keeps its order.",
         {"/events?topic=order", "/ws/chat?room=order"},
         {{"delay", "0 to 60000", "of /publish: milliseconds before its readers get the body"}}},
        {"ndjson",
         "Feeds",
         "Lines of JSON",
         "No event stream: each line is a JSON text. Nobody resumes it, and a client that loses it has to ask anew.",
         {"/ndjson"},
         described(ndjsonParameters())},
        {"echo",
         "Feeds",
         "WebSocket echo",
         "Every text and binary message comes back as it came, in frames of the same lengths. Pings are answered by a "
         "pong with the same "
         "payload.",
         {"/ws/echo"},
         {}},
        {"ticks",
         "Feeds",
         "Reference feed over WebSocket",
         "A text message each second, numbered from 1 and shared by all readers of the same URL. With count the feed "
         "ends with a close frame, "
         "code 1000.",
         {"/ws/ticks"},
         described(ticksParameters(seed))},
        {"chat",
         "Feeds",
         "Broadcast room",
         "Two clients in one room: what either sends, both get. Open it more often to see more copies.",
         {"/ws/chat?room=demo", "/ws/chat?room=demo"},
         {{"room", "at most 64 bytes of text", "who is in the same room hears each other"}}},
        {"reference",
         "Feeds",
         "The same echo by Qt WebSockets",
         "A second implementation, with its own handshake, answers through a relay. Send the same to both and compare "
         "the frames.",
         {"/ws/reference", "/ws/echo"},
         {}},
    };
}

} // namespace pushscope::demo
