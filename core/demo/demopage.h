#pragma once

#include "core/demo/answer.h"
#include "core/demo/request.h"

#include <optional>

namespace pushscope::demo {

/// The paths for people: the page with its script and style, the list of scenarios, the icon that browsers ask for.
/// nullopt for others.
[[nodiscard]] std::optional<Answer> demoPage(const Request &request);

} // namespace pushscope::demo
