#include "core/engine/qtalarms.h"

#include <QTimer>

namespace pushscope {

QtAlarms::QtAlarms() = default;
QtAlarms::~QtAlarms() = default;

Alarms::Id QtAlarms::set(Milliseconds delay, std::function<void()> ring)
{
    const Id id = ++m_last;
    auto timer = std::make_unique<QTimer>();
    timer->setSingleShot(true);
    timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(timer.get(), &QTimer::timeout, timer.get(), [this, id, ring = std::move(ring)] {
        // The timer must outlive its own signal: it goes when the loop comes round, the callback may set the next one.
        const auto node = m_timers.extract(id);
        const auto call = ring;
        node.mapped().release()->deleteLater();
        call();
    });
    timer->start(delay);
    m_timers.emplace(id, std::move(timer));
    return id;
}

void QtAlarms::clear(Id id)
{
    m_timers.erase(id);
}

} // namespace pushscope
