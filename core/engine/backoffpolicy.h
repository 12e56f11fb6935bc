#pragma once

#include "core/base/clock.h"
#include "core/base/target.h"
#include "core/capture/facts.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace pushscope {

/// How long to wait before the next attempt: the event source's reconnection time (WHATWG HTML 9.2.3, 9.2.5), a policy
/// on top, and a floor against storms. No clock of its own; one thread.
class BackoffPolicy
{
public:
    struct Delay
    {
        Milliseconds time{0};
        DelaySource source = DelaySource::Default;
        bool storm = false; ///< the floor was what decided
    };
    /// From the StormCount-th reconnect within StormWindow on no wait is shorter than StormFloor.
    static constexpr std::size_t StormCount = 10;
    static constexpr Milliseconds StormWindow{10'000};
    static constexpr Milliseconds StormFloor{1'000};
    /// Growth stops here, unless the server asked for longer.
    static constexpr Milliseconds LongestGrowth{120'000};

    /// `random` gives numbers in [0, 1) for the jitter.
    BackoffPolicy(const Reconnection &reconnection, std::function<double()> random);

    /// The server's `retry`; it stays until another comes.
    void setRetry(Milliseconds time) { m_retry = time; }
    /// Other rules from the next wait on; the server's `retry` and the failures so far stay.
    void setRules(const Reconnection &reconnection);

    /// The user begins anew: what went wrong before does not count. A `retry` stays.
    void startOver()
    {
        m_failures = 0;
        m_count = 0;
    }
    /// An attempt opened: failures in a row are over.
    void noteOpened() { m_failures = 0; }
    /// The wait after an attempt that ended at `now`; `opened` says whether it had been open.
    [[nodiscard]] Delay next(Stamp now, bool opened);

private:
    [[nodiscard]] Delay base() const;
    [[nodiscard]] bool isStorm(Stamp now);

    Milliseconds m_initial{0};
    std::optional<Milliseconds> m_override;
    std::optional<Milliseconds> m_retry;
    Backoff m_growth = Backoff::Fixed;
    std::function<double()> m_random;
    std::uint32_t m_failures = 0;
    std::array<Stamp, StormCount - 1> m_recent{}; ///< a ring of the last reconnects
    std::size_t m_count = 0;
};

} // namespace pushscope
