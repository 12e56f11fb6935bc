#pragma once

#include "core/base/clock.h"

namespace pushscope {

/// A clock that stands still until a test moves it.
class ManualClock final : public Clock
{
public:
    [[nodiscard]] Stamp now() const override { return {m_now}; }
    [[nodiscard]] std::int64_t wallTime() const override { return 1'700'000'000'000'000'000 + m_now; }
    void advance(std::int64_t milliseconds) { m_now += milliseconds * 1'000'000; }

private:
    std::int64_t m_now = 1'000'000'000;
};

} // namespace pushscope
