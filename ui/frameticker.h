#pragma once

#include "core/capture/capture.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace pushscope {

/// The window's heartbeat: asks the capture for its counts once for each frame (60 Hz) and tells everyone, so that any
/// number of records a second costs the window the same. What can't be done in one frame is done in slices: each
/// listener takes `slice` at the most.
class FrameTicker : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds Interval{16};
    /// What one listener may spend on catching up in one frame.
    static constexpr std::chrono::microseconds Slice{2500};

    explicit FrameTicker(std::shared_ptr<const Capture> capture, QObject *parent = nullptr);

    [[nodiscard]] const Capture::Counts &counts() const { return m_counts; }
    /// Capture time of the last tick, nanoseconds.
    [[nodiscard]] std::int64_t now() const { return m_now; }
    void setActive(bool active);

Q_SIGNALS:
    /// Once for each frame.
    void ticked();
    /// Four times a second: for what a clock moves (rates, countdowns), in tens of milliseconds no one reads.
    void pulsed();

private:
    void tick();

    std::shared_ptr<const Capture> m_capture;
    SystemClock m_clock;
    QTimer m_timer;
    Capture::Counts m_counts;
    std::int64_t m_now = 0;
    int m_untilPulse = 0;
};

/// Whether a slice of a frame is used up. Looks at the clock only each `stride`th time, a power of 2: it stands in
/// loops over records.
class SliceTimer
{
public:
    explicit SliceTimer(std::chrono::microseconds slice = FrameTicker::Slice, unsigned stride = 1024)
        : m_end(slice.count() * 1000), m_mask(stride - 1)
    {
        m_timer.start();
    }
    [[nodiscard]] bool isOver() { return (++m_asked & m_mask) == 0 && m_timer.nsecsElapsed() >= m_end; }

private:
    QElapsedTimer m_timer;
    qint64 m_end;
    unsigned m_mask;
    unsigned m_asked = 0;
};

} // namespace pushscope
