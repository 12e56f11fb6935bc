#pragma once

#include <cstdint>

namespace pushscope {

/// Tells by their pace which events behind a reconnect a server had kept for us: those of one burst. The first read
/// that brings any begins it; a later read belongs to it if it comes sooner behind the one before than a tenth of the
/// time that lay, in the mean, between two reads on one connection before the break. It is a burst only if it brings
/// more than any one read of these did: else it may be live as well. Where no such time is known, at most 10 ms lie
/// between, and two are enough. Only events that set the last event ID are looked at. Times in ns. No clock; one
/// thread.
class ReplayPace
{
public:
    /// An event before the break came at `time`; those of one read have the same.
    void noteBefore(std::int64_t time);
    /// The connection ended behind the events so far.
    void pause() { m_hasPrevious = false; }

    /// A read was done at `time`, until which so many events have come in all since the reconnect.
    void note(std::uint64_t events, std::int64_t time);
    /// All events since the reconnect are of one burst.
    [[nodiscard]] bool isBurst() const { return !m_isOver && m_events > m_largestRead; }

private:
    [[nodiscard]] bool isSoon(std::int64_t wait) const;

    bool m_hasPrevious = false;
    std::int64_t m_previous = 0;
    bool m_isFirstRead = true; ///< of its connection
    std::uint64_t m_inRead = 0;
    std::uint64_t m_largestRead = 1;
    std::int64_t m_waits = 0; ///< between reads before the break, taken together
    std::int64_t m_waitCount = 0;
    std::uint64_t m_events = 0;
    bool m_isOver = false;
};

} // namespace pushscope
