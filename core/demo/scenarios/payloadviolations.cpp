#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

namespace pushscope::demo {

namespace {

Script badUtf8(const ScriptRequest &)
{
    return {{step::Accept{}, textFrame("before"), textFrame("good until \xC3\x28 here"), textFrame("after"),
             step::AwaitClose{}}};
}

Script badUtf8Fragment(const ScriptRequest &request)
{
    // The first fragment ends inside a character, which is allowed; the second does not continue it.
    return {{step::Accept{}, textFrame("before"), textFrame("cut here: \xE2\x82", false),
             wait(request.parameters.number("interval")), continuation("\x28 and wrong here", false),
             wait(request.parameters.number("interval")), continuation("too late", true), step::AwaitClose{}}};
}

Script badUtf8Reason(const ScriptRequest &)
{
    return {{step::Accept{}, textFrame("before"), closeFrame(1000, "wrong: \xFF"), step::AwaitClose{}}};
}

Script badCloseCode(const ScriptRequest &request)
{
    return {{step::Accept{}, textFrame("before"),
             closeFrame(static_cast<std::uint16_t>(request.parameters.number("code")), "not allowed"),
             step::AwaitClose{}}};
}

Script oneByteClose(const ScriptRequest &)
{
    return {{step::Accept{}, textFrame("before"), rawCloseFrame("\x03"), step::AwaitClose{}}};
}

} // namespace

ScenarioScripts payloadViolations()
{
    return {
        {"bad-utf8",
         "Text that is no UTF-8",
         "A text message contains bytes that no UTF-8 text can. A client fails the connection with 1007.",
         {},
         badUtf8,
         {}},
        {"bad-utf8-fragment",
         "Bad UTF-8 in a fragment",
         "The second of three fragments breaks a character. A client may fail with 1007 before the message is whole.",
         {intervalParameter(200)},
         badUtf8Fragment,
         {}},
        {"bad-utf8-reason",
         "A close reason that is no UTF-8",
         "The close frame's reason contains a wrong byte. A client fails with 1007.",
         {},
         badUtf8Reason,
         {}},
        {"bad-close-code",
         "A close code that is not allowed",
         "The close frame carries a code that must never be sent. A client fails the connection with 1002.",
         {ParameterSpec::number("code", 1005, 1, 65'535, "of the close frame")},
         badCloseCode,
         {"code=999", "code=1004", "code=1005", "code=1006", "code=1015", "code=1100", "code=2999", "code=5000"}},
        {"one-byte-close",
         "A close frame of one byte",
         "The close frame's payload is half a code. A client fails the connection with 1002.",
         {},
         oneByteClose,
         {}},
    };
}

} // namespace pushscope::demo
