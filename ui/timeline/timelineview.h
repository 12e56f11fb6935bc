#pragma once

#include "ui/timeline/timeaxis.h"
#include "ui/timeline/timelinelanes.h"

#include <QAbstractScrollArea>
#include <QSet>

#include <functional>
#include <optional>

namespace pushscope {

/// The lanes over time. Zooms by the wheel around the pointer, pans by drag, fits by double click; live follows the
/// newest.
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TimelineView(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);

    /// What a lane is called.
    void setNames(std::function<QString(SessionId)> names) { m_names = std::move(names); }
    void setHidden(const QSet<std::uint32_t> &sessions);
    /// Takes what is published by now; `now` is capture time.
    void advance(std::uint64_t published, std::int64_t now, std::chrono::microseconds slice);

    [[nodiscard]] bool isLive() const { return m_isLive; }
    void setLive(bool live);
    /// Shows that much time, up to the newest when live, else around the middle.
    void showSpan(double nanoseconds);
    void fit();
    /// Tints the lane of the current session, and scrolls it into view.
    void showLane(SessionId session);
    /// Marks a record, and brings its time into view when it is not.
    void markRecord(Seq seq);
    [[nodiscard]] const TimeAxis &axis() const { return m_axis; }
    /// Pixels from the left of the viewport to the axis.
    [[nodiscard]] static int axisLeft();
    /// The record nearest to a point of the viewport, within a few pixels; else the state that holds there.
    [[nodiscard]] Seq recordAt(const QPoint &point) const;
    [[nodiscard]] SessionId laneAt(const QPoint &point) const;
    [[nodiscard]] QRect laneArea(int place) const;

Q_SIGNALS:
    void liveChanged(bool live);
    /// Nanoseconds on the whole width.
    void spanChanged(double span);
    void recordPicked(pushscope::Seq seq);
    void lanePicked(pushscope::SessionId session);
    /// The click before was the first half of a double click: what it picked was not meant.
    void pickTakenBack();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    [[nodiscard]] std::vector<const Lane *> shownLanes() const;
    [[nodiscard]] double edge() const;
    [[nodiscard]] int axisHeight() const;
    [[nodiscard]] QString describeAt(const QPoint &point) const;
    void paintAxis(QPainter &painter);
    void paintLanes(QPainter &painter);
    void paintSelection(QPainter &painter);
    void layOut();
    void revealLane();
    void followEdge();

    std::shared_ptr<const Capture> m_capture;
    TimelineLanes m_lanes;
    std::function<QString(SessionId)> m_names;
    QSet<std::uint32_t> m_hidden;
    TimeAxis m_axis;
    bool m_isLive = true;
    double m_now = 0;
    double m_paintedStart = 0;
    SessionId m_lane;
    bool m_isLaneDue = false; ///< still to be scrolled to: it may come after its session
    Seq m_marked;
    std::optional<QPoint> m_pressed;
    QPoint m_dragged;
    bool m_isDragging = false;
};

} // namespace pushscope
