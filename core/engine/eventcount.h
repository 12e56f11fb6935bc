#pragma once

#include <cstdint>
#include <limits>

namespace pushscope {

/// The events, data messages or pieces that one connection brought, and after how many nothing more is read of it.
struct EventCount
{
    std::uint64_t seen = 0;
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();

    [[nodiscard]] bool isLimitReached() const { return seen >= limit; }
};

} // namespace pushscope
