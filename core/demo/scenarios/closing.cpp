#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

namespace pushscope::demo {

namespace {

Script closeCode(const ScriptRequest &request)
{
    const auto code = static_cast<std::uint16_t>(request.parameters.number("code"));
    const std::string reason = code == 0 ? std::string() : request.parameters.text("reason");
    return {{step::Accept{}, textFrame("a close frame follows"), wait(request.parameters.number("interval")),
             closeFrame(code, reason), step::AwaitClose{}}};
}

Script closeWithoutFrame(const ScriptRequest &request)
{
    Script script{{step::Accept{}, textFrame("the connection ends without a close frame"),
                   wait(request.parameters.number("interval"))}};
    if (request.parameters.text("end") == "reset")
        script.steps.push_back(step::Reset{});
    else
        script.steps.push_back(step::Close{});
    return script;
}

Script halfClose(const ScriptRequest &request)
{
    return {{step::Accept{}, textFrame("the server's side ends now, yours is still read"), step::HalfClose{},
             wait(request.parameters.number("interval")), step::Close{}}};
}

} // namespace

ScenarioScripts closingScenarios()
{
    return {
        {"close-code",
         "Close with a code",
         "The server closes with the code and reason of your choice. The client answers with the same code, and the "
         "server ends the connection.",
         {ParameterSpec::number("code", 1000, 0, 65'535, "of the close frame; 0 leaves code and reason out"),
          ParameterSpec::text("reason", "going away, as asked", 123, "of the close frame"), intervalParameter(200)},
         closeCode,
         {"code=1000", "code=1001", "code=1011", "code=3000", "code=4999", "code=0"}},
        {"close-without-frame",
         "The end without a close frame",
         "The connection ends after a message, by FIN or by a reset; over HTTP/2 the stream, by END_STREAM or by "
         "RST_STREAM. Clients report code 1006, which never stands in a frame.",
         {ParameterSpec::word("end", {"fin", "reset"}, "how TCP ends"), intervalParameter(200)},
         closeWithoutFrame,
         {"end=fin", "end=reset"}},
        {"half-close",
         "Half close",
         "The server ends its direction and still reads the other. What the client sends now arrives, but no answer "
         "can come.",
         {intervalParameter(5000)},
         halfClose,
         {}},
    };
}

} // namespace pushscope::demo
