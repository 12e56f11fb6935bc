#include "ui/timeline/timeview.h"

#include "core/capture/details/summary.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/theme/focusline.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace pushscope {

namespace {

int decimalsFor(std::int64_t step)
{
    int decimals = 0;
    for (std::int64_t unit = 1'000'000'000; step < unit && decimals < 6; unit /= 10)
        ++decimals;
    return decimals;
}

} // namespace

TimeView::TimeView(std::shared_ptr<const Capture> capture, int labelWidth, QWidget *parent)
    : QAbstractScrollArea(parent), m_capture(std::move(capture)), m_labelWidth(labelWidth)
{
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
}

int TimeView::axisHeight() const
{
    return QFontMetrics(scaled(font(), -1)).height() + 6;
}

void TimeView::layOutAxis(int needed, int step)
{
    m_axis.setPixels(viewport()->width() - m_labelWidth);
    const int room = viewport()->height() - axisHeight();
    verticalScrollBar()->setRange(0, std::max(0, needed - room));
    verticalScrollBar()->setPageStep(room);
    verticalScrollBar()->setSingleStep(step);
}

void TimeView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
    followEdge();
}

void TimeView::followEdge()
{
    if (m_isLive)
        m_axis.setSpan(edge() - m_axis.span() * 0.985, m_axis.span());
}

void TimeView::refresh(bool isNew)
{
    followEdge();
    // A live timeline that only glides is painted at half the rate: it looks the same and costs half.
    const bool hasMoved = std::abs(m_axis.start() - m_paintedStart) >= 2 * m_axis.perPixel();
    const bool showsEdge = m_axis.end() >= edge() - m_axis.perPixel();
    if (hasMoved || (isNew && showsEdge))
        viewport()->update();
}

void TimeView::setLive(bool live)
{
    if (live == m_isLive)
        return;
    m_isLive = live;
    followEdge();
    viewport()->update();
    Q_EMIT liveChanged(live);
}

void TimeView::showSpan(double nanoseconds)
{
    const double middle = m_axis.start() + m_axis.span() / 2;
    m_axis.setSpan(middle - nanoseconds / 2, nanoseconds);
    Q_EMIT spanChanged(m_axis.span());
    followEdge();
    viewport()->update();
}

void TimeView::fit()
{
    setLive(false);
    const double start = std::min(edge(), beginning());
    const double span = std::max(edge() - start, 1e9);
    m_axis.setSpan(start - span * 0.01, span * 1.03);
    Q_EMIT spanChanged(m_axis.span());
    viewport()->update();
}

void TimeView::showLike(const TimeView &other)
{
    m_axis.setSpan(other.m_axis.start(), other.m_axis.span());
    Q_EMIT spanChanged(m_axis.span());
    setLive(other.m_isLive);
    followEdge();
    viewport()->update();
}

void TimeView::markRecord(Seq seq)
{
    m_marked = seq;
    if (seq.isValid() && !m_isLive) {
        const auto time = double(m_capture->record(seq).time);
        if (time < m_axis.start() || time > m_axis.end())
            m_axis.setSpan(time - m_axis.span() / 2, m_axis.span());
    }
    viewport()->update();
}

QString TimeView::describeRecordLine(Seq seq) const
{
    const Record &record = m_capture->record(seq);
    const QString head = QStringLiteral("#%1  %2  %3")
                             .arg(QString::number(seq.value), describeKind(*m_capture, seq),
                                  formatClock(m_capture->wallStart() + record.time));
    const bool isMessage = layerOf(record.kind) == Layer::Messages;
    const QString text =
        isMessage ? visibleLine(summarize(*m_capture, seq, 120).preview) : describeRecord(*m_capture, seq);
    return text.isEmpty() ? head : head + QStringLiteral("  ") + text;
}

/// Of a lane's label, its name in full; else of the record there.
QString TimeView::describeAt(const QPoint &point) const
{
    if (point.x() < m_labelWidth && point.y() >= axisHeight()) {
        for (int place = 0; place < laneCount(); ++place) {
            const QRect area = laneArea(place);
            if (point.y() >= area.top() && point.y() <= area.bottom())
                return laneName(place);
        }
    }
    const Seq seq = recordAt(point);
    return seq.isValid() ? describeRecordLine(seq) : QString();
}

bool TimeView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), plainToolTip(describeAt(help->pos())), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimeView::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    if (std::abs(delta.x()) > std::abs(delta.y())) {
        setLive(false);
        m_axis.pan(delta.x() / 2.0);
    } else if (delta.y() != 0) {
        // Live goes on only where the newest stays at its edge.
        const double x = event->position().x() - m_labelWidth;
        if (x < m_axis.pixels() * 0.95)
            setLive(false);
        m_axis.zoom(std::pow(1.25, -delta.y() / 120.0), x);
        Q_EMIT spanChanged(m_axis.span());
        followEdge();
    }
    viewport()->update();
    event->accept();
}

void TimeView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position().toPoint();
    m_dragged = *m_pressed;
    m_isDragging = false;
}

void TimeView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (!m_pressed) {
        viewport()->setCursor(recordAt(point).isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    if (!m_isDragging && (point - *m_pressed).manhattanLength() < QApplication::startDragDistance())
        return;
    m_isDragging = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
    setLive(false);
    m_axis.pan(point.x() - m_dragged.x());
    m_dragged = point;
    viewport()->update();
}

void TimeView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_pressed || event->button() != Qt::LeftButton)
        return;
    m_pressed.reset();
    viewport()->setCursor(Qt::ArrowCursor);
    if (!m_isDragging)
        clicked(event->position().toPoint());
}

void TimeView::clicked(const QPoint &point)
{
    if (const Seq seq = recordAt(point); seq.isValid())
        Q_EMIT recordPicked(seq);
}

void TimeView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (recordAt(event->position().toPoint()).isValid())
        Q_EMIT pickTakenBack();
    fit();
}

void TimeView::keyPressEvent(QKeyEvent *event)
{
    if (moveCursor(*event))
        return;
    const double pixels = m_axis.pixels();
    const double middle = m_isLive ? pixels : pixels / 2;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        setLive(false);
        m_axis.pan(event->key() == Qt::Key_Left ? pixels / 10 : -pixels / 10);
        break;
    case Qt::Key_Plus: m_axis.zoom(0.8, middle); break;
    case Qt::Key_Minus: m_axis.zoom(1.25, middle); break;
    case Qt::Key_0: fit(); break;
    case Qt::Key_Space: setLive(!m_isLive); break;
    default: QAbstractScrollArea::keyPressEvent(event); return; // keys are an open set of numbers
    }
    Q_EMIT spanChanged(m_axis.span());
    followEdge();
    viewport()->update();
}

void TimeView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TimeView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void TimeView::paintAxis(QPainter &painter)
{
    const Colors &colors = colorsOf(this);
    painter.setFont(scaled(font(), -1));
    const std::int64_t step = m_axis.labelStep(150);
    const int decimals = decimalsFor(step);
    // Labels stand on round wall times.
    const std::int64_t wall = m_capture->wallStart();
    const auto from = std::int64_t(m_axis.start()) + wall;
    for (std::int64_t time = (from / step) * step; double(time - wall) <= m_axis.end(); time += step) {
        const double pixel = m_axis.pixelAt(double(time - wall));
        if (pixel < 0)
            continue;
        const int x = m_labelWidth + int(pixel);
        painter.setPen(colors.line);
        painter.drawLine(x, axisHeight() - 3, x, viewport()->height());
        const QString label = formatClock(time, decimals);
        if (x + 4 + painter.fontMetrics().horizontalAdvance(label) > viewport()->width())
            continue;
        painter.setPen(colors.faint);
        painter.drawText(x + 4, painter.fontMetrics().ascent() + 2, label);
    }
}

void TimeView::paintSelection(QPainter &painter)
{
    if (!m_marked.isValid())
        return;
    const double pixel = m_axis.pixelAt(double(m_capture->record(m_marked).time));
    if (pixel < 0 || pixel > m_axis.pixels())
        return;
    const QColor &ink = colorsOf(this).accent;
    const double x = m_labelWidth + pixel;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.5));
    painter.drawLine(QPointF(x, axisHeight()), QPointF(x, viewport()->height()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(QPointF(x, axisHeight()), 4, 4);
}

void TimeView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colorsOf(this).base);
    paintAxis(painter);
    paintLanes(painter);
    paintSelection(painter);
    if (hasFocus())
        paintCursor(painter);
    paintFocusLine(painter, *this);
    m_paintedStart = m_axis.start();
}

} // namespace pushscope
