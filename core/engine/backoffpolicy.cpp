#include "core/engine/backoffpolicy.h"

#include <algorithm>
#include <utility>

namespace pushscope {

BackoffPolicy::BackoffPolicy(const Reconnection &reconnection, std::function<double()> random)
    : m_random(std::move(random))
{
    setRules(reconnection);
}

void BackoffPolicy::setRules(const Reconnection &reconnection)
{
    m_initial = reconnection.initial;
    m_override = reconnection.overrideTime;
    m_growth = reconnection.backoff;
}

BackoffPolicy::Delay BackoffPolicy::base() const
{
    if (m_override)
        return {*m_override, DelaySource::User};
    if (m_retry)
        return {*m_retry, DelaySource::Retry};
    return {m_initial, m_initial == Reconnection().initial ? DelaySource::Default : DelaySource::User};
}

/// Whether this reconnect is at least the StormCount-th within the window that ends now. Takes note of it.
bool BackoffPolicy::isStorm(Stamp now)
{
    Stamp &oldest = m_recent[m_count % m_recent.size()];
    const bool storm = m_count >= m_recent.size() && now - oldest <= StormWindow.count() * 1'000'000;
    oldest = now;
    ++m_count;
    return storm;
}

BackoffPolicy::Delay BackoffPolicy::next(Stamp now, bool opened)
{
    m_failures = opened ? 0 : m_failures + 1;
    Delay delay = base();
    // 9.2.3: "Wait a delay equal to the reconnection time ... Optionally, wait some more. In particular, if the
    // previous attempt failed": the jitter takes from the growth only, never from the reconnection time itself.
    if (m_growth == Backoff::Exponential && m_failures > 0) {
        const Milliseconds limit = std::max(LongestGrowth, delay.time);
        Milliseconds grown = delay.time;
        for (std::uint32_t i = 0; i < m_failures && grown < limit; ++i)
            grown *= 2;
        grown = std::min(grown, limit);
        const Milliseconds half = std::max(grown / 2, delay.time);
        delay.time =
            half + Milliseconds(static_cast<std::int64_t>(m_random() * static_cast<double>((grown - half).count())));
        delay.source = DelaySource::Policy;
    }
    if (isStorm(now) && delay.time < StormFloor)
        delay = {StormFloor, DelaySource::Policy, true};
    return delay;
}

} // namespace pushscope
