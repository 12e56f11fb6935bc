#include "core/demo/scenarios/registry.h"

#include <algorithm>
#include <iterator>

namespace pushscope::demo {

namespace {

struct Group
{
    std::string_view name;
    std::string_view prefix;
    ScenarioScripts scripts;
};

constexpr std::string_view kHttp2 = "HTTP/2";

const std::vector<Group> &groups()
{
    static const std::vector<Group> all = [] {
        constexpr std::string_view eventStream = "/scenario/";
        constexpr std::string_view webSocket = "/ws/scenario/";
        return std::vector<Group>{
            {"Server-Sent Events", eventStream, resumeScenarios()},
            {"Server-Sent Events", eventStream, fieldScenarios()},
            {"Server-Sent Events", eventStream, lineScenarios()},
            {"Server-Sent Events", eventStream, answerScenarios()},
            {"Server-Sent Events", eventStream, endingScenarios()},
            {"Server-Sent Events", eventStream, redirectScenarios()},
            {"Server-Sent Events", eventStream, behaviourScenarios()},
            {"Server-Sent Events", eventStream, codingScenarios()},
            {"Other streams", eventStream, otherStreamScenarios()},
            {kHttp2, eventStream, multiplexingScenarios()},
            {kHttp2, eventStream, frameScenarios()},
            {"WebSocket", webSocket, messageScenarios()},
            {"WebSocket", webSocket, closingScenarios()},
            {"Violations", webSocket, frameViolations()},
            {"Violations", webSocket, payloadViolations()},
        };
    }();
    return all;
}

Scenario described(const Group &group, const ScenarioScript &script)
{
    const std::string path = std::string(group.prefix) + script.id;
    Scenario scenario{script.id, std::string(group.name), script.title, script.watch, {}, {}};
    scenario.isOverHttp2 = group.name == kHttp2;
    scenario.isCoded = script.isCoded;
    for (const std::string &query : script.queries)
        scenario.paths.emplace_back(path).append("?").append(query);
    if (scenario.paths.empty())
        scenario.paths.push_back(path);
    for (const ParameterSpec &parameter : script.parameters)
        scenario.parameters.push_back({std::string(parameter.name), parameter.range(), std::string(parameter.meaning)});
    return scenario;
}

} // namespace

const ScenarioScript *scenarioAt(std::string_view path)
{
    for (const Group &group : groups()) {
        if (!path.starts_with(group.prefix))
            continue;
        const std::string_view id = path.substr(group.prefix.size());
        const auto found = std::find_if(group.scripts.begin(), group.scripts.end(),
                                        [&](const ScenarioScript &s) { return s.id == id; });
        if (found != group.scripts.end())
            return &*found;
    }
    return nullptr;
}

Scenario posting(Scenario scenario, const char *json)
{
    scenario.method = "POST";
    scenario.contentType = "application/json";
    scenario.body = json;
    return scenario;
}

const std::vector<Scenario> &scenarioList()
{
    static const std::vector<Scenario> all = [] {
        std::vector<Scenario> list = feedList();
        std::ranges::move(modelList(), std::back_inserter(list));
        std::ranges::move(mcpList(), std::back_inserter(list));
        for (const Group &group : groups()) {
            for (const ScenarioScript &script : group.scripts)
                list.push_back(described(group, script));
        }
        return list;
    }();
    return all;
}

} // namespace pushscope::demo
