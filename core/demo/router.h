#pragma once

#include "core/demo/answer.h"
#include "core/demo/exchange.h"

#include <memory>
#include <variant>

namespace pushscope::demo {

class DemoStream;

/// What a request leads to: an answer that is whole at once, or one that takes its time.
using Routed = std::variant<Answer, std::unique_ptr<Exchange>>;

/// Finds what the stream's request is for.
[[nodiscard]] Routed route(DemoStream &stream);

} // namespace pushscope::demo
