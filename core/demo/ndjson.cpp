#include "core/demo/ndjson.h"

#include "core/demo/answer.h"
#include "core/demo/scenarios/steps.h"

#include <string>

namespace pushscope::demo {

std::vector<ParameterSpec> ndjsonParameters()
{
    return {
        ParameterSpec::number("interval", 1000, 0, 3'600'000, "milliseconds between lines"),
        ParameterSpec::number("count", 100, 1, 100'000, "lines, behind which the stream ends"),
    };
}

Script ndjsonScript(const Parameters &parameters)
{
    Script script{{step::Head{answerHead(
        200,
        {{"Content-Type", "application/x-ndjson"}, {"Cache-Control", "no-store"}, {"Transfer-Encoding", "chunked"}})}}};
    const std::uint64_t interval = parameters.number("interval");
    for (std::uint64_t id = 1; id <= parameters.number("count"); ++id) {
        if (id > 1 && interval > 0)
            script.steps.push_back(wait(interval));
        script.steps.push_back(body("{\"id\":" + std::to_string(id) + ",\"text\":\"a line of its own\"}\n"));
    }
    script.steps.push_back(step::End{});
    return script;
}

} // namespace pushscope::demo
