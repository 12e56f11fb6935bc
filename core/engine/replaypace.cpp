#include "core/engine/replaypace.h"

#include <utility>

namespace pushscope {

namespace {

/// A single event that comes later may be live, however slow the stream is.
constexpr std::int64_t AtOnce = 100'000'000;

} // namespace

void ReplayPace::noteBefore(std::int64_t time)
{
    if (m_hasPrevious) {
        m_spans += time - m_previous;
        ++m_steps;
    }
    m_previous = time;
    m_hasPrevious = true;
}

void ReplayPace::begin(std::int64_t time)
{
    m_previous = time;
    m_events = 0;
}

/// Twice as fast as before is too fast to be live.
bool ReplayPace::isKept(std::uint64_t events, std::int64_t time)
{
    const std::uint64_t came = events - std::exchange(m_events, events);
    if (came == 0)
        return true;
    const std::int64_t took = time - std::exchange(m_previous, time);
    if (m_spans == 0)
        return true;
    const double usual = static_cast<double>(m_spans) / static_cast<double>(m_steps);
    return static_cast<double>(took) * 2 < usual * static_cast<double>(came) && (came > 1 || took < AtOnce);
}

} // namespace pushscope
