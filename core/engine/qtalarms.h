#pragma once

#include "core/engine/alarms.h"

#include <memory>
#include <unordered_map>

class QTimer;

namespace pushscope {

/// Alarms on QTimers of the thread that sets them.
class QtAlarms final : public Alarms
{
public:
    QtAlarms();
    ~QtAlarms() override;

    Id set(Milliseconds delay, std::function<void()> ring) override;
    void clear(Id id) override;

private:
    std::unordered_map<Id, std::unique_ptr<QTimer>> m_timers;
    Id m_last = 0;
};

} // namespace pushscope
