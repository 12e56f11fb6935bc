#pragma once

#include "core/demo/demoserver.h"
#include "core/demo/parameters.h"
#include "core/demo/script.h"

#include <string>
#include <string_view>
#include <vector>

namespace pushscope::demo {

/// One thing to try, with the script that the server plays.
struct ScenarioScript
{
    std::string id;
    std::string title;
    std::string watch;
    std::vector<ParameterSpec> parameters;
    Script (*script)(const ScriptRequest &request);
    std::vector<std::string> queries; ///< of the URLs to open, in order; none: one URL without a query
    bool needsHttp2 = false;
    bool isCoded = false;
    std::string_view methods = "GET"; ///< as Allow lists them
};

/// What one file of scenarios adds to the list.
using ScenarioScripts = std::vector<ScenarioScript>;

/// The script at a path (/scenario/ID, /ws/scenario/ID); null when there is none.
[[nodiscard]] const ScenarioScript *scenarioAt(std::string_view path);
/// All there is to try, feeds first, for DemoServer::scenarios() and GET /scenarios.
[[nodiscard]] const std::vector<Scenario> &scenarioList();

/// The scenario with a POST of this JSON.
[[nodiscard]] Scenario posting(Scenario scenario, const char *json);

// The files.
[[nodiscard]] std::vector<Scenario> feedList();
[[nodiscard]] std::vector<Scenario> modelList();
[[nodiscard]] std::vector<Scenario> mcpList();
[[nodiscard]] ScenarioScripts resumeScenarios();
[[nodiscard]] ScenarioScripts fieldScenarios();
[[nodiscard]] ScenarioScripts lineScenarios();
[[nodiscard]] ScenarioScripts answerScenarios();
[[nodiscard]] ScenarioScripts endingScenarios();
[[nodiscard]] ScenarioScripts redirectScenarios();
[[nodiscard]] ScenarioScripts behaviourScenarios();
[[nodiscard]] ScenarioScripts otherStreamScenarios();
[[nodiscard]] ScenarioScripts codingScenarios();
[[nodiscard]] ScenarioScripts multiplexingScenarios();
[[nodiscard]] ScenarioScripts frameScenarios();
[[nodiscard]] ScenarioScripts messageScenarios();
[[nodiscard]] ScenarioScripts closingScenarios();
[[nodiscard]] ScenarioScripts frameViolations();
[[nodiscard]] ScenarioScripts payloadViolations();

} // namespace pushscope::demo
