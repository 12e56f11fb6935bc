#pragma once

#include "core/demo/script.h"

#include <vector>

namespace pushscope::demo {

/// What /ndjson takes.
[[nodiscard]] std::vector<ParameterSpec> ndjsonParameters();
/// Lines of JSON, numbered from 1 (application/x-ndjson).
[[nodiscard]] Script ndjsonScript(const Parameters &parameters);

} // namespace pushscope::demo
