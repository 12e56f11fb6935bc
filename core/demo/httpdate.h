#pragma once

#include <cstdint>
#include <string>

namespace pushscope::demo {

/// IMF-fixdate (RFC 9110 section 5.6.7) of nanoseconds since 1970.
[[nodiscard]] std::string httpDate(std::int64_t wallTime);

} // namespace pushscope::demo
