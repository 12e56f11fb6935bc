#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <optional>

namespace pushscope {

/// A date and time of the Internet (RFC 3339 section 5.6) in nanoseconds since 1970, from 1840 to 2099; finer fractions
/// are cut off. A blank may stand for the T, as the section's note allows.
[[nodiscard]] std::optional<std::int64_t> readRfc3339(ByteView text);

} // namespace pushscope
