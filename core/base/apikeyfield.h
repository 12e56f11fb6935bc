#pragma once

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pushscope {

/// Whether most APIs that have a header field of this name take a key by it: a credential like Authorization.
[[nodiscard]] inline bool isApiKeyField(std::string_view name)
{
    static constexpr std::array<std::string_view, 4> Names = {"X-Api-Key", "Api-Key", "X-Goog-Api-Key", "X-Auth-Token"};
    return std::ranges::any_of(Names, [&](std::string_view each) { return equalsIgnoreCase(name, each); });
}

} // namespace pushscope
