#pragma once

#include "core/base/ids.h"
#include "core/capture/facts.h"

#include <cstdint>
#include <optional>

namespace pushscope {

class Capture;

/// How far a coded body has come: the totals recorded last, and what came since. `head` is the answer's record,
/// `totals` the newest Coding record of its body, invalid when there is none yet. Looks at no more than `limit` records
/// behind either. Nothing for an answer without a coding.
[[nodiscard]] std::optional<CodingFacts> codingSoFar(const Capture &capture, Seq head, Seq totals,
                                                     std::uint64_t limit = 20'000);

} // namespace pushscope
