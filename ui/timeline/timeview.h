#pragma once

#include "core/capture/capture.h"
#include "ui/timeline/lanepyramid.h"
#include "ui/timeline/timeaxis.h"

#include <QAbstractScrollArea>

#include <memory>
#include <optional>
#include <vector>

namespace pushscope {

/// Something over time: an axis above, lanes below that the heirs paint. Zooms by the wheel around the pointer, pans by
/// drag, fits by double click; live follows the newest. The arrow keys go from lane to lane and from mark to mark.
class TimeView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    [[nodiscard]] bool isLive() const { return m_isLive; }
    void setLive(bool live);
    /// Shows that much time, up to the newest when live, else around the middle.
    void showSpan(double nanoseconds);
    void fit();
    /// Shows the stretch of time that another view shows.
    void showLike(const TimeView &other);
    /// Marks a record, and brings its time into view when it is not.
    void markRecord(Seq seq);
    [[nodiscard]] Seq marked() const { return m_marked; }
    [[nodiscard]] const TimeAxis &axis() const { return m_axis; }
    /// Pixels from the left of the viewport to the axis.
    [[nodiscard]] int axisLeft() const { return m_labelWidth; }
    /// The record that a point of the viewport stands for.
    [[nodiscard]] virtual Seq recordAt(const QPoint &point) const = 0;
    [[nodiscard]] virtual QRect laneArea(int place) const = 0;
    /// Where the keyboard is: a lane, -1 for none, and a mark on it.
    [[nodiscard]] int cursorLane() const { return m_cursorLane; }
    [[nodiscard]] Seq cursor() const { return m_cursor; }

Q_SIGNALS:
    void liveChanged(bool live);
    /// Nanoseconds on the whole width.
    void spanChanged(double span);
    void recordPicked(pushscope::Seq seq);
    /// The click before was the first half of a double click: what it picked was not meant.
    void pickTakenBack();

protected:
    TimeView(std::shared_ptr<const Capture> capture, int labelWidth, QWidget *parent);

    /// Where the newest stands.
    [[nodiscard]] virtual double edge() const = 0;
    /// Where the oldest of what there is stands.
    [[nodiscard]] virtual double beginning() const = 0;
    virtual void paintLanes(QPainter &painter) = 0;
    /// Room or lanes have changed: scroll bars and axis follow.
    virtual void layOut() = 0;
    virtual void clicked(const QPoint &point);
    [[nodiscard]] virtual int laneCount() const = 0;
    [[nodiscard]] virtual QString laneName(int place) const = 0;
    [[nodiscard]] virtual std::vector<const LanePyramid *> pyramidsOf(int place) const = 0;
    /// Enter was pressed on a lane.
    virtual void enterLane(int /*place*/) {}
    /// Scrolls a lane into view.
    void reveal(int place);
    /// The lanes are others than before.
    void resetCursor();

    [[nodiscard]] const Capture &capture() const { return *m_capture; }
    [[nodiscard]] int axisHeight() const;
    /// A record in one line.
    [[nodiscard]] QString describeRecordLine(Seq seq) const;
    [[nodiscard]] QString describeAt(const QPoint &point) const;
    /// The width that is left to the axis, and a scroll bar for lanes that are `needed` high together.
    void layOutAxis(int needed, int step);
    void setLabelWidth(int width) { m_labelWidth = width; }
    void followEdge();
    /// After an advance(): paints where something can be seen of it.
    void refresh(bool isNew);

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
    bool moveCursor(const QKeyEvent &event);
    void standOn(int place, Seq seq);
    void tellCursor();
    void paintCursor(QPainter &painter);
    void paintAxis(QPainter &painter);
    void paintSelection(QPainter &painter);

    std::shared_ptr<const Capture> m_capture;
    int m_labelWidth;
    TimeAxis m_axis;
    bool m_isLive = true;
    double m_paintedStart = 0;
    Seq m_marked;
    int m_cursorLane = -1;
    Seq m_cursor;
    std::optional<QPoint> m_pressed;
    QPoint m_dragged;
    bool m_isDragging = false;
};

} // namespace pushscope
