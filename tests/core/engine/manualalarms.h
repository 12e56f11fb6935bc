#pragma once

#include "core/engine/alarms.h"
#include "tests/support/fixedclock.h"

#include <functional>
#include <map>
#include <utility>

namespace pushscope::test {

/// Time that passes only when a test says so.
class ManualAlarms final : public Alarms
{
public:
    explicit ManualAlarms(FixedClock &clock) : m_clock(clock) {}

    Id set(Milliseconds delay, std::function<void()> ring) override
    {
        m_due.emplace(Key{m_clock.monotonic + delay.count() * 1'000'000, ++m_last}, std::move(ring));
        return m_last;
    }
    void clear(Id id) override
    {
        std::erase_if(m_due, [id](const auto &entry) { return entry.first.second == id; });
    }
    /// Moves the clock on and rings what falls due on the way, in order.
    void advance(Milliseconds time)
    {
        const std::int64_t end = m_clock.monotonic + time.count() * 1'000'000;
        while (!m_due.empty() && m_due.begin()->first.first <= end) {
            const auto node = m_due.extract(m_due.begin());
            moveTo(node.key().first);
            node.mapped()();
        }
        moveTo(end);
    }
    [[nodiscard]] std::size_t pending() const { return m_due.size(); }

private:
    void moveTo(std::int64_t time)
    {
        m_clock.wall += time - m_clock.monotonic;
        m_clock.monotonic = time;
    }

    using Key = std::pair<std::int64_t, Id>;
    FixedClock &m_clock;
    std::map<Key, std::function<void()>> m_due;
    Id m_last = 0;
};

} // namespace pushscope::test
