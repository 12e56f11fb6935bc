#include "core/demo/answer.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace pushscope::demo {

namespace {

/// None: an answer without Location.
Script redirectTo(int status, const std::optional<std::string> &location)
{
    Headers fields;
    if (location)
        fields.add("Location", *location);
    fields.add("Cache-Control", "no-store");
    fields.add("Content-Length", "0");
    return {{step::Head{answerHead(status, std::move(fields))}, step::End{}}};
}

/// The same server by its other name.
std::string otherOrigin(const Request &request)
{
    const std::size_t colon = request.authority.rfind(':');
    const bool isByName = request.authority.starts_with("localhost");
    return (request.isSecure ? "https://" : "http://") + std::string(isByName ? "127.0.0.1" : "localhost") +
           (colon == std::string::npos || request.authority.ends_with(']') ? "" : request.authority.substr(colon));
}

std::optional<std::string> locationFor(const ScriptRequest &request)
{
    const std::string &to = request.parameters.text("to");
    if (to == "nowhere")
        return std::nullopt;
    if (to == "empty")
        return "";
    if (to == "error")
        return "/scenario/status-500";
    if (to == "drops")
        return "/scenario/resume-after-drop?count=2&drop=1&retry=500";
    return (to == "origin" ? otherOrigin(request.request) : std::string()) + "/events";
}

Script redirect(const ScriptRequest &request)
{
    const std::string &word = request.parameters.text("status");
    int status = 0;
    std::from_chars(word.data(), word.data() + word.size(), status);
    return redirectTo(status, locationFor(request));
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
         {ParameterSpec::word("status", {"301", "302", "303", "307", "308", "300", "304", "305"},
                              "of the redirect; the last three are none"),
          ParameterSpec::word("to", {"events", "drops", "origin", "error", "nowhere", "empty"},
                              "a feed, one that drops, one of another origin, an error, without Location or with an "
                              "empty one")},
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
