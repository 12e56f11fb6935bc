#pragma once

#include "core/base/target.h"

#include <cstdint>
#include <functional>

namespace pushscope {

/// The seam to time that passes: one-shot timers that tests fire by hand. One thread.
class Alarms
{
public:
    using Id = std::uint64_t; ///< 0: none

    virtual ~Alarms() = default;
    /// Calls `ring` once after `delay`, from the event loop, never from inside set().
    virtual Id set(Milliseconds delay, std::function<void()> ring) = 0;
    virtual void clear(Id id) = 0;
};

/// An alarm that goes when its owner does, and rings for the latest set() only.
class Alarm
{
public:
    explicit Alarm(Alarms &alarms) : m_alarms(alarms) {}
    ~Alarm() { clear(); }
    Alarm(const Alarm &) = delete;
    Alarm &operator=(const Alarm &) = delete;

    void set(Milliseconds delay, std::function<void()> ring)
    {
        clear();
        m_id = m_alarms.set(delay, [this, ring = std::move(ring)] {
            m_id = 0;
            ring();
        });
    }
    void clear()
    {
        if (m_id != 0)
            m_alarms.clear(m_id);
        m_id = 0;
    }
    [[nodiscard]] bool isSet() const { return m_id != 0; }

private:
    Alarms &m_alarms;
    Alarms::Id m_id = 0;
};

} // namespace pushscope
