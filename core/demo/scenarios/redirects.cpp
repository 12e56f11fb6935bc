#include "core/demo/answer.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

#include <charconv>

namespace pushscope::demo {

namespace {

Script redirectTo(int status, std::string location)
{
    return {{step::Head{answerHead(
                 status, {{"Location", std::move(location)}, {"Cache-Control", "no-store"}, {"Content-Length", "0"}})},
             step::End{}}};
}

Script redirect(const ScriptRequest &request)
{
    const std::string &word = request.parameters.text("status");
    int status = 0;
    std::from_chars(word.data(), word.data() + word.size(), status);
    return redirectTo(status, "/events");
}

Script redirectLoop(const ScriptRequest &request)
{
    return redirectTo(302, request.request.path);
}

} // namespace

ScenarioScripts redirectScenarios()
{
    return {
        {"redirect",
         "Redirects",
         "The answer sends the client to /events, with each of the five codes. Where a client comes back to after a "
         "drop is worth a look: to the "
         "first URL or to the second.",
         {ParameterSpec::word("status", {"301", "302", "303", "307", "308"}, "of the redirect")},
         redirect,
         {"status=301", "status=302", "status=303", "status=307", "status=308"}},
        {"redirect-loop",
         "A redirect to itself",
         "The answer sends the client to where it is. After a few rounds it gives up and says why.",
         {},
         redirectLoop,
         {}},
    };
}

} // namespace pushscope::demo
