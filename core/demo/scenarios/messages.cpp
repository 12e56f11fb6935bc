#include "core/demo/answer.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"
#include "core/demo/websocketopening.h"

namespace pushscope::demo {

namespace {

constexpr std::uint16_t kNormalClosure = 1000; // RFC 6455 section 7.4.1

Script fragmentsWithPings(const ScriptRequest &request)
{
    const std::uint64_t interval = request.parameters.number("interval");
    return {{step::Accept{}, textFrame("one message ", false), wait(interval), pingFrame("between the first"),
             wait(interval), continuation("in three ", false), wait(interval), pingFrame("and the last"),
             wait(interval), continuation("fragments", true), wait(interval), closeFrame(kNormalClosure, "done"),
             step::AwaitClose{}}};
}

Script pingPayload(const ScriptRequest &request)
{
    Bytes payload;
    const std::uint64_t size = request.parameters.number("size");
    for (std::uint64_t i = 0; i < size; ++i)
        payload += static_cast<char>('a' + i % 26);
    return {{step::Accept{}, pingFrame(payload), step::AwaitPong{},
             textFrame("the pong is here, or five seconds are over"), closeFrame(kNormalClosure, "done"),
             step::AwaitClose{}}};
}

Script pingsUnanswered(const ScriptRequest &request)
{
    return {{step::Accept{}, textFrame("your pings get no pong here"), wait(request.parameters.number("interval")),
             step::Again{1}},
            false};
}

Script largeMessage(const ScriptRequest &request)
{
    return {{step::Accept{}, step::LargeText{request.parameters.number("size")}, closeFrame(kNormalClosure, "done"),
             step::AwaitClose{}}};
}

Script slowReader(const ScriptRequest &request)
{
    return {{step::Accept{}, textFrame("send more than I read"), step::ReadSlowly{request.parameters.number("rate")}}};
}

Script subprotocol(const ScriptRequest &request)
{
    const std::string &answer = request.parameters.text("answer");
    const auto offer = readOpening(request.request);
    std::string name;
    if (answer == "chosen" && offer && !offer->subprotocols.empty())
        name = offer->subprotocols.front();
    else if (answer == "wrong")
        name = "never-offered.example";
    return {{step::Accept{name}, textFrame(name.empty() ? "no subprotocol" : "the subprotocol is " + name),
             closeFrame(kNormalClosure, "done"), step::AwaitClose{}}};
}

Script noExtendedConnect(const ScriptRequest &request)
{
    if (!request.isHttp2())
        return {{step::Accept{}, textFrame("over HTTP/1.1 this server has WebSockets"),
                 closeFrame(kNormalClosure, "done"), step::AwaitClose{}}};
    const std::string &how = request.parameters.text("how");
    if (how == "501")
        return {{step::Head{answerHead(501, {{"Content-Length", "0"}})}, step::End{}}};
    return {{step::OnHttp2{
        http2step::Reset{how == "refused" ? Http2ErrorCode::RefusedStream : Http2ErrorCode::Http11Required}}}};
}

} // namespace

ScenarioScripts messageScenarios()
{
    return {
        {"fragments-with-pings",
         "Fragments with pings between",
         "One text message comes in three frames, with a ping behind each of the first two. The pongs go out before "
         "the message is whole.",
         {intervalParameter(200)},
         fragmentsWithPings,
         {}},
        {"ping-payload",
         "A ping with payload",
         "The ping carries bytes that the pong must carry back. The time between the two is the round trip.",
         {ParameterSpec::number("size", 125, 0, 125, "bytes of payload")},
         pingPayload,
         {}},
        {"pings-unanswered",
         "Pings without pongs",
         "The server sends messages but answers no ping. A client that counts on pongs takes the connection for dead.",
         {intervalParameter(1000)},
         pingsUnanswered,
         {}},
        {"large-message",
         "A large message",
         "One text frame of 16 MiB arrives in many reads. It is one message in the end.",
         {ParameterSpec::number("size", 16 * 1024 * 1024, 0, 64 * 1024 * 1024, "bytes of payload")},
         largeMessage,
         {}},
        {"slow-reader",
         "A server that reads slowly",
         "Send a large message: the server takes a few bytes a second. The rest waits in buffers, the client's own "
         "among them.",
         {ParameterSpec::number("rate", 65'536, 1, 100'000'000, "bytes that the server reads in a second")},
         slowReader,
         {}},
        {"subprotocol",
         "Subprotocol chosen, none, or wrong",
         "The answer names the first subprotocol offered, none, or one that was not offered. In the last case a client "
         "fails the connection.",
         {ParameterSpec::word("answer", {"chosen", "none", "wrong"}, "what the answer names")},
         subprotocol,
         {"answer=chosen", "answer=none", "answer=wrong"}},
        {"no-extended-connect",
         "WebSocket refused over HTTP/2",
         "The extended CONNECT is refused, as by a server that has WebSockets over HTTP/1.1 alone and should not have "
         "sent SETTINGS_ENABLE_CONNECT_PROTOCOL. A client may try again there, but not silently.",
         {ParameterSpec::word("how", {"501", "refused", "http11"},
                              "by a status, or by RST_STREAM with REFUSED_STREAM or HTTP_1_1_REQUIRED")},
         noExtendedConnect,
         {"how=501", "how=refused", "how=http11"}},
    };
}

} // namespace pushscope::demo
