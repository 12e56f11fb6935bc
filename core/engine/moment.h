#pragma once

#include "core/base/clock.h"

#include <cstdint>

namespace pushscope {

/// The time of what the engine is working on: read once for each thing that happens outside (a socket read, a timer, a
/// wish), so that all that follows from it bears one time, in whatever session. Engine thread.
class Moment
{
public:
    explicit Moment(const Clock &clock) : m_clock(clock), m_now(clock.now()) {}

    /// Something new happens.
    Stamp tick() { return m_now = m_clock.now(); }
    [[nodiscard]] Stamp now() const { return m_now; }
    /// Seconds since 1970-01-01T00:00:00Z.
    [[nodiscard]] std::int64_t wallSeconds() const { return m_clock.wallTime() / 1'000'000'000; }

private:
    const Clock &m_clock;
    Stamp m_now;
};

} // namespace pushscope
