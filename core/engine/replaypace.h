#pragma once

#include <cstdint>

namespace pushscope {

/// Tells what a server had kept for us from what is live, by how fast it comes behind a resume: what was kept comes at
/// once, what is live at the pace that the stream had before it broke off. Times in ns. No clock; one thread.
class ReplayPace
{
public:
    /// An event before the break came at `time`.
    void noteBefore(std::int64_t time);
    /// The connection ended behind the events so far.
    void pause() { m_hasPrevious = false; }
    /// The stream is open again.
    void begin(std::int64_t time);
    /// A read was done at `time`, until which so many events have come in all since begin(). Whether it brought what
    /// was kept, or nothing; where no pace is known, whatever it brought counts as kept.
    [[nodiscard]] bool isKept(std::uint64_t events, std::int64_t time);

private:
    std::int64_t m_previous = 0;
    bool m_hasPrevious = false;
    std::int64_t m_spans = 0; ///< between events before the break, taken together
    std::int64_t m_steps = 0; ///< how many these were
    std::uint64_t m_events = 0;
};

} // namespace pushscope
