#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

#include <charconv>
#include <initializer_list>

namespace pushscope::demo {

namespace {

/// A good message, what is wrong, and a good message again, which shows who reads on.
Script violation(std::initializer_list<Step> wrong)
{
    Script script{{step::Accept{}, textFrame("before")}};
    script.steps.insert(script.steps.end(), wrong);
    script.steps.push_back(textFrame("after"));
    script.steps.push_back(step::AwaitClose{});
    return script;
}

WsFrameSpec text(std::string_view payload)
{
    WsFrameSpec frame;
    frame.payload = payload;
    return frame;
}

Script maskedByServer(const ScriptRequest &)
{
    WsFrameSpec frame = text("masked");
    frame.maskingKey = {{0x12, 0x34, 0x56, 0x78}};
    return violation({step::Frame{frame}});
}

Script reservedBits(const ScriptRequest &request)
{
    WsFrameSpec frame = text("reserved bits");
    frame.rsv = static_cast<std::uint8_t>(request.parameters.number("rsv"));
    return violation({step::Frame{frame}});
}

Script reservedOpcode(const ScriptRequest &request)
{
    const std::string &word = request.parameters.text("opcode");
    int opcode = 0;
    std::from_chars(word.data(), word.data() + word.size(), opcode);
    WsFrameSpec frame = text("reserved opcode");
    frame.opcode = static_cast<WsOpcode>(opcode);
    return violation({step::Frame{frame}});
}

Script fragmentedControl(const ScriptRequest &)
{
    WsFrameSpec ping = text("half a ");
    ping.opcode = WsOpcode::Ping;
    ping.fin = false;
    return violation({step::Frame{ping}, continuation("ping", true)});
}

Script longControl(const ScriptRequest &request)
{
    return violation({pingFrame(Bytes(request.parameters.number("size"), 'p'))});
}

Script nonMinimalLength(const ScriptRequest &request)
{
    WsFrameSpec frame = text("short");
    frame.lengthForm = request.parameters.text("bits") == "16" ? WsLengthForm::Sixteen : WsLengthForm::SixtyFour;
    return violation({step::Frame{frame}});
}

Script loneContinuation(const ScriptRequest &)
{
    return violation({continuation("of nothing", true)});
}

Script dataInsideFragmented(const ScriptRequest &)
{
    return violation(
        {textFrame("a message that is ", false), textFrame("interrupted"), continuation("never whole", true)});
}

Script wrongAccept(const ScriptRequest &request)
{
    if (request.isHttp2())
        return {{step::Accept{}, textFrame("over HTTP/2 there is no key to answer wrongly"), step::AwaitClose{}}};
    return {{step::AcceptWith{"AAAAAAAAAAAAAAAAAAAAAAAAAAA="}, textFrame("no client should read this"),
             step::AwaitClose{}}};
}

Script dataAfterClose(const ScriptRequest &)
{
    return {{step::Accept{}, textFrame("before"), closeFrame(1000, "done"), textFrame("after the close frame"),
             step::AwaitClose{}}};
}

} // namespace

ScenarioScripts frameViolations()
{
    return {
        {"masked-by-server",
         "Masked by the server",
         "A server must not mask; this one does. A client fails the connection with 1002.",
         {},
         maskedByServer,
         {}},
        {"reserved-bits",
         "Reserved bits",
         "RSV bits are set although no extension was agreed. A client fails the connection with 1002.",
         {ParameterSpec::number("rsv", 4, 1, 7, "the three bits as a number: RSV1 is 4")},
         reservedBits,
         {}},
        {"reserved-opcode",
         "A reserved opcode",
         "The opcode has no meaning yet. A client fails the connection with 1002.",
         {ParameterSpec::word("opcode", {"3", "4", "5", "6", "7", "11", "12", "13", "14", "15"}, "of the frame")},
         reservedOpcode,
         {}},
        {"fragmented-control",
         "A fragmented ping",
         "A ping comes without FIN. Control frames must not be fragmented: 1002.",
         {},
         fragmentedControl,
         {}},
        {"long-control",
         "A ping that is too long",
         "The ping carries more than 125 bytes. A client fails the connection with 1002.",
         {ParameterSpec::number("size", 126, 126, 65'535, "bytes of payload")},
         longControl,
         {}},
        {"non-minimal-length",
         "A length that is not minimal",
         "Five bytes are announced in a longer form than they need. A strict client fails the connection, a lax one "
         "reads on.",
         {ParameterSpec::word("bits", {"16", "64"}, "of the length field")},
         nonMinimalLength,
         {}},
        {"lone-continuation",
         "A continuation of nothing",
         "A continuation frame comes while no message is open. A client fails with 1002.",
         {},
         loneContinuation,
         {}},
        {"data-inside-fragmented",
         "A message inside a message",
         "A text frame comes while another message is unfinished. Only control frames may stand there: 1002.",
         {},
         dataInsideFragmented,
         {}},
        {"wrong-accept",
         "A wrong accept key",
         "Sec-WebSocket-Accept does not fit the key. A client fails the connection before the first frame; over HTTP/2 "
         "there is no key, and all is well.",
         {},
         wrongAccept,
         {}},
        {"data-after-close",
         "Data after the close frame",
         "A text frame follows the close frame. A client has answered the close by then and ignores it.",
         {},
         dataAfterClose,
         {}},
    };
}

} // namespace pushscope::demo
