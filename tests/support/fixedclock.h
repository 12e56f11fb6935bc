#pragma once

#include "core/base/clock.h"

namespace pushscope::test {

/// A clock that stands still until it is told otherwise.
class FixedClock final : public Clock
{
public:
    [[nodiscard]] Stamp now() const override { return Stamp{monotonic}; }
    [[nodiscard]] std::int64_t wallTime() const override { return wall; }

    std::int64_t monotonic = 5'000'000'000;
    std::int64_t wall = 1'767'323'045'000'000'006; ///< 2026-01-02T03:04:05.000000006Z
};

} // namespace pushscope::test
