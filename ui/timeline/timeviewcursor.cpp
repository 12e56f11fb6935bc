#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/timeline/lanemarks.h"
#include "ui/timeline/timeview.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

// The keyboard's part of TimeView: a cursor on a lane and on one of its marks.

namespace pushscope {

/// Ctrl is left to panning. Returns whether the key was the cursor's.
bool TimeView::moveCursor(const QKeyEvent &event)
{
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier || laneCount() == 0)
        return false;
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        if (m_cursorLane < 0)
            return false;
        enterLane(m_cursorLane);
        if (m_cursor.isValid())
            Q_EMIT recordPicked(m_cursor);
        return true;
    }
    const bool isFirst = m_cursorLane < 0;
    const int place = std::clamp(m_cursorLane, 0, laneCount() - 1);
    const auto marksOf = [this](int lane) { return LaneMarks(pyramidsOf(lane), m_axis.perPixel()); };
    const auto keepOr = [this](Seq seq) { return seq.isValid() ? seq : m_cursor; };
    const double time = m_cursor.isValid() ? double(m_capture->record(m_cursor).time) : m_axis.end();
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int step = isFirst ? 0 : event.key() == Qt::Key_Up ? -1 : 1;
        const int next = std::clamp(place + step, 0, laneCount() - 1);
        standOn(next, next == m_cursorLane ? m_cursor : marksOf(next).at(time));
        return true;
    }
    case Qt::Key_Left:
        standOn(place, m_cursor.isValid() ? keepOr(marksOf(place).before(m_cursor)) : marksOf(place).at(time));
        return true;
    case Qt::Key_Right:
        standOn(place, m_cursor.isValid() ? keepOr(marksOf(place).behind(m_cursor)) : marksOf(place).at(time));
        return true;
    case Qt::Key_Home: standOn(place, marksOf(place).first()); return true;
    case Qt::Key_End: standOn(place, marksOf(place).last()); return true;
    default: return false; // keys are an open set of numbers
    }
}

void TimeView::standOn(int place, Seq seq)
{
    m_cursorLane = place;
    m_cursor = seq;
    setLive(false);
    if (seq.isValid()) {
        const auto time = double(m_capture->record(seq).time);
        if (time < m_axis.start() || time > m_axis.end())
            m_axis.setSpan(time - m_axis.span() / 2, m_axis.span());
    }
    reveal(place);
    tellCursor();
    viewport()->update();
}

void TimeView::resetCursor()
{
    m_cursorLane = -1;
    m_cursor = {};
}

void TimeView::reveal(int place)
{
    if (place < 0)
        return;
    const int height = laneArea(place).height();
    const int top = place * height;
    const int room = viewport()->height() - axisHeight();
    verticalScrollBar()->setValue(std::clamp(verticalScrollBar()->value(), std::min(top, top + height - room), top));
}

/// To eyes and to a screen reader.
void TimeView::tellCursor()
{
    const QString said = m_cursor.isValid() ? describeRecordLine(m_cursor) : words("nothing on it yet");
    const QString name = laneName(m_cursorLane);
    setAccessibleDescription(name + QStringLiteral(": ") + said);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    const QRect area = laneArea(m_cursorLane);
    const double x = m_cursor.isValid() ? m_axis.pixelAt(double(m_capture->record(m_cursor).time)) : 0;
    QToolTip::showText(viewport()->mapToGlobal(QPoint(area.left() + int(x), area.bottom())), plainToolTip(said),
                       viewport());
}

void TimeView::paintCursor(QPainter &painter)
{
    if (m_cursorLane < 0 || m_cursorLane >= laneCount())
        return;
    const QRect area = laneArea(m_cursorLane);
    const QColor &ink = colorsOf(this).accent;
    painter.setClipRect(0, axisHeight(), viewport()->width(), viewport()->height() - axisHeight());
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.fillRect(0, area.top() + 2, 3, area.height() - 3, ink);
    if (m_cursor.isValid()) {
        const double pixel = m_axis.pixelAt(double(m_capture->record(m_cursor).time));
        if (pixel >= 0 && pixel <= m_axis.pixels()) {
            painter.setPen(QPen(ink, 2));
            painter.drawRoundedRect(QRectF(area.left() + pixel - 6, area.top() + 3, 14, area.height() - 6), 3, 3);
        }
    }
    painter.setClipping(false);
}

} // namespace pushscope
