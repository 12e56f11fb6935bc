#include "core/engine/replaypace.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

/// What lies at most between two reads that came at once, when nothing else is known.
constexpr std::int64_t AtOnce = 10'000'000;

} // namespace

void ReplayPace::noteBefore(std::int64_t time)
{
    const bool isFirst = !std::exchange(m_hasPrevious, true);
    const std::int64_t wait = time - std::exchange(m_previous, time);
    if (isFirst) {
        m_isFirstRead = true;
    } else if (wait > 0) {
        m_isFirstRead = false;
        m_inRead = 0;
        m_waits += wait;
        ++m_waitCount;
    }
    // A connection's first read may well have brought what had been kept.
    if (!m_isFirstRead)
        m_largestRead = std::max(m_largestRead, ++m_inRead);
}

void ReplayPace::note(std::uint64_t events, std::int64_t time)
{
    if (m_isOver || events == m_events)
        return;
    const bool isFirst = std::exchange(m_events, events) == 0;
    const std::int64_t wait = time - std::exchange(m_previous, time);
    m_isOver = !isFirst && !isSoon(wait);
}

bool ReplayPace::isSoon(std::int64_t wait) const
{
    constexpr std::int64_t sooner = 10; // times: by chance a read comes twice as soon as usual often enough
    return m_waitCount > 0 ? wait * sooner < m_waits / m_waitCount : wait <= AtOnce;
}

} // namespace pushscope
