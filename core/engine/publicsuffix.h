#pragma once

#include <string_view>

namespace pushscope {

/// Whether anybody may register names under a domain ("com", "co.uk"), by the list that Qt knows.
[[nodiscard]] bool isPublicSuffix(std::string_view domain);

} // namespace pushscope
