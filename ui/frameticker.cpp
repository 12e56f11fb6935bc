#include "ui/frameticker.h"

namespace pushscope {

namespace {
constexpr int FramesAPulse = 15;
}

FrameTicker::FrameTicker(std::shared_ptr<const Capture> capture, QObject *parent)
    : QObject(parent), m_capture(std::move(capture))
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(Interval);
    connect(&m_timer, &QTimer::timeout, this, &FrameTicker::tick);
    m_timer.start();
}

void FrameTicker::setActive(bool active)
{
    if (active && !m_timer.isActive())
        m_timer.start();
    else if (!active)
        m_timer.stop();
}

void FrameTicker::tick()
{
    m_counts = m_capture->counts();
    m_now = m_clock.now() - m_capture->monotonicStart();
    Q_EMIT ticked();
    if (--m_untilPulse < 0) {
        m_untilPulse = FramesAPulse;
        Q_EMIT pulsed();
    }
}

} // namespace pushscope
