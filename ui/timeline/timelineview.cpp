#include "ui/timeline/timelineview.h"

#include "core/capture/details/summary.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/focusline.h"
#include "ui/theme/theme.h"
#include "ui/timeline/lanepainter.h"

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

constexpr int LabelWidth = 96;
constexpr int SmallestLane = 34;
constexpr int LargestLane = 64;
constexpr int PickDistance = 5;

int decimalsFor(std::int64_t step)
{
    int decimals = 0;
    for (std::int64_t unit = 1'000'000'000; step < unit && decimals < 6; unit /= 10)
        ++decimals;
    return decimals;
}

} // namespace

TimelineView::TimelineView(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QAbstractScrollArea(parent), m_capture(std::move(capture)), m_lanes(m_capture)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(words("Timeline"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumHeight(axisHeight() + SmallestLane + 6);
    viewport()->setMouseTracking(true);
}

int TimelineView::axisLeft()
{
    return LabelWidth;
}

int TimelineView::axisHeight() const
{
    return QFontMetrics(scaled(font(), -1)).height() + 6;
}

std::vector<const Lane *> TimelineView::shownLanes() const
{
    std::vector<const Lane *> lanes;
    for (const auto &lane : m_lanes.lanes()) {
        if (lane->session.isValid() && !m_hidden.contains(lane->session.value))
            lanes.push_back(lane.get());
    }
    return lanes;
}

void TimelineView::setHidden(const QSet<std::uint32_t> &sessions)
{
    m_hidden = sessions;
    layOut();
    viewport()->update();
}

QRect TimelineView::laneArea(int place) const
{
    const int count = std::max<int>(1, int(shownLanes().size()));
    const int room = viewport()->height() - axisHeight();
    const int height = std::clamp(room / count, SmallestLane, LargestLane);
    return {LabelWidth, axisHeight() + place * height - verticalScrollBar()->value(), m_axis.pixels(), height};
}

void TimelineView::layOut()
{
    m_axis.setPixels(viewport()->width() - LabelWidth);
    const int needed = int(shownLanes().size()) * laneArea(0).height();
    const int room = viewport()->height() - axisHeight();
    verticalScrollBar()->setRange(0, std::max(0, needed - room));
    verticalScrollBar()->setPageStep(room);
    verticalScrollBar()->setSingleStep(SmallestLane / 2);
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
    followEdge();
}

double TimelineView::edge() const
{
    // With every stream over, time stands still: the last of them stays in view.
    return m_lanes.isMoving() ? std::max(m_now, double(m_lanes.end())) : double(m_lanes.end());
}

void TimelineView::followEdge()
{
    if (m_isLive)
        m_axis.setSpan(edge() - m_axis.span() * 0.985, m_axis.span());
}

void TimelineView::advance(std::uint64_t published, std::int64_t now, std::chrono::microseconds slice)
{
    const std::size_t lanes = m_lanes.lanes().size();
    const bool isNew = m_lanes.advance(published, slice);
    m_now = double(now);
    if (m_lanes.lanes().size() != lanes) {
        layOut();
        revealLane();
    }
    followEdge();
    // A live timeline that only glides is painted at half the rate: it looks the same and costs half.
    const bool hasMoved = std::abs(m_axis.start() - m_paintedStart) >= 2 * m_axis.perPixel();
    const bool showsEdge = m_axis.end() >= edge() - m_axis.perPixel();
    if (hasMoved || (isNew && showsEdge))
        viewport()->update();
}

void TimelineView::setLive(bool live)
{
    if (live == m_isLive)
        return;
    m_isLive = live;
    followEdge();
    viewport()->update();
    Q_EMIT liveChanged(live);
}

void TimelineView::showSpan(double nanoseconds)
{
    const double middle = m_axis.start() + m_axis.span() / 2;
    m_axis.setSpan(middle - nanoseconds / 2, nanoseconds);
    Q_EMIT spanChanged(m_axis.span());
    followEdge();
    viewport()->update();
}

void TimelineView::fit()
{
    setLive(false);
    double start = edge();
    for (const Lane *lane : shownLanes()) {
        if (!lane->bands.empty())
            start = std::min(start, double(lane->bands.front().start));
    }
    const double span = std::max(edge() - start, 1e9);
    m_axis.setSpan(start - span * 0.01, span * 1.03);
    Q_EMIT spanChanged(m_axis.span());
    viewport()->update();
}

void TimelineView::showLane(SessionId session)
{
    m_lane = session;
    m_isLaneDue = true;
    revealLane();
    viewport()->update();
}

void TimelineView::revealLane()
{
    const auto lanes = shownLanes();
    const auto found =
        std::find_if(lanes.begin(), lanes.end(), [this](const Lane *lane) { return lane->session == m_lane; });
    if (!m_isLaneDue || found == lanes.end())
        return;
    m_isLaneDue = false;
    const int height = laneArea(0).height();
    const int top = int(found - lanes.begin()) * height;
    const int room = viewport()->height() - axisHeight();
    verticalScrollBar()->setValue(std::clamp(verticalScrollBar()->value(), std::min(top, top + height - room), top));
}

void TimelineView::markRecord(Seq seq)
{
    m_marked = seq;
    if (seq.isValid() && !m_isLive) {
        const auto time = double(m_capture->record(seq).time);
        if (time < m_axis.start() || time > m_axis.end())
            m_axis.setSpan(time - m_axis.span() / 2, m_axis.span());
    }
    viewport()->update();
}

SessionId TimelineView::laneAt(const QPoint &point) const
{
    const auto lanes = shownLanes();
    for (std::size_t place = 0; place < lanes.size(); ++place) {
        const QRect area = laneArea(int(place));
        if (point.y() >= area.top() && point.y() <= area.bottom() && point.y() >= axisHeight())
            return lanes[place]->session;
    }
    return {};
}

Seq TimelineView::recordAt(const QPoint &point) const
{
    const Lane *lane = m_lanes.lane(laneAt(point));
    const double x = point.x() - LabelWidth;
    if (!lane || x < 0)
        return {};
    const std::size_t level = LanePyramid::levelFor(m_axis.perPixel());
    const std::int64_t width = LanePyramid::width(level);
    double nearest = PickDistance + 1;
    Seq found;
    lane->marks.visit(level, std::int64_t(m_axis.timeAt(x - PickDistance)) - width,
                      std::int64_t(m_axis.timeAt(x + PickDistance)), [&](const LaneBucket &bucket) {
                          const double distance =
                              std::abs(m_axis.pixelAt(LanePyramid::placeOf(bucket, level, m_axis.perPixel())) - x);
                          if (distance < nearest) {
                              nearest = distance;
                              found = Seq(bucket.first);
                          }
                      });
    if (found.isValid())
        return found;
    const auto after = std::upper_bound(lane->bands.begin(), lane->bands.end(), m_axis.timeAt(x),
                                        [](double time, const LaneBand &band) { return time < double(band.start); });
    return after == lane->bands.begin() ? Seq() : std::prev(after)->seq;
}

QString TimelineView::describeAt(const QPoint &point) const
{
    const Seq seq = recordAt(point);
    if (!seq.isValid())
        return {};
    const Record &record = m_capture->record(seq);
    const QString head = QStringLiteral("#%1  %2  %3")
                             .arg(QString::number(seq.value), describeKind(*m_capture, seq),
                                  formatClock(m_capture->wallStart() + record.time));
    const bool isMessage = layerOf(record.kind) == Layer::Messages;
    const QString text =
        isMessage ? visibleLine(summarize(*m_capture, seq, 120).preview) : describeRecord(*m_capture, seq);
    return text.isEmpty() ? head : head + QStringLiteral("  ") + text;
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), plainToolTip(describeAt(help->pos())), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    if (std::abs(delta.x()) > std::abs(delta.y())) {
        setLive(false);
        m_axis.pan(delta.x() / 2.0);
    } else if (delta.y() != 0) {
        // Live goes on only where the newest stays at its edge.
        const double x = event->position().x() - LabelWidth;
        if (x < m_axis.pixels() * 0.95)
            setLive(false);
        m_axis.zoom(std::pow(1.25, -delta.y() / 120.0), x);
        Q_EMIT spanChanged(m_axis.span());
        followEdge();
    }
    viewport()->update();
    event->accept();
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position().toPoint();
    m_dragged = *m_pressed;
    m_isDragging = false;
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
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

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_pressed || event->button() != Qt::LeftButton)
        return;
    m_pressed.reset();
    viewport()->setCursor(Qt::ArrowCursor);
    if (m_isDragging)
        return;
    const QPoint point = event->position().toPoint();
    if (const SessionId session = laneAt(point); session.isValid())
        Q_EMIT lanePicked(session);
    if (const Seq seq = recordAt(point); seq.isValid())
        Q_EMIT recordPicked(seq);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (recordAt(event->position().toPoint()).isValid())
        Q_EMIT pickTakenBack();
    fit();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
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
    case Qt::Key_Home: fit(); break;
    case Qt::Key_End: setLive(true); break;
    case Qt::Key_Space: setLive(!m_isLive); break;
    default: QAbstractScrollArea::keyPressEvent(event); return; // keys are an open set of numbers
    }
    Q_EMIT spanChanged(m_axis.span());
    followEdge();
    viewport()->update();
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void TimelineView::paintAxis(QPainter &painter)
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
        const int x = LabelWidth + int(pixel);
        painter.setPen(colors.line);
        painter.drawLine(x, axisHeight() - 3, x, viewport()->height());
        const QString label = formatClock(time, decimals);
        if (x + 4 + painter.fontMetrics().horizontalAdvance(label) > viewport()->width())
            continue;
        painter.setPen(colors.faint);
        painter.drawText(x + 4, painter.fontMetrics().ascent() + 2, label);
    }
}

void TimelineView::paintLanes(QPainter &painter)
{
    const Colors &colors = colorsOf(this);
    const auto lanes = shownLanes();
    LanePainter lanePainter(painter, colors, m_axis, scaled(font(), -1));
    painter.setClipRect(0, axisHeight(), viewport()->width(), viewport()->height() - axisHeight());
    for (std::size_t place = 0; place < lanes.size(); ++place) {
        const QRect area = laneArea(int(place));
        if (area.bottom() < axisHeight() || area.top() > viewport()->height())
            continue;
        const QString name = m_names ? m_names(lanes[place]->session) : QString();
        const bool isCurrent = lanes[place]->session == m_lane;
        if (isCurrent)
            painter.fillRect(QRect(0, area.top() + 1, LabelWidth - 4, area.height() - 1), colors.soft);
        painter.setFont(font());
        painter.setPen(isCurrent ? colors.text : colors.muted);
        painter.drawText(QRect(13, area.top() + 2, LabelWidth - 20, area.height()), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(name, Qt::ElideMiddle, LabelWidth - 20));
        painter.save();
        painter.setClipRect(area.adjusted(0, 0, 0, 1), Qt::IntersectClip);
        lanePainter.paint(*lanes[place], area, edge());
        painter.restore();
    }
    painter.setClipping(false);
}

void TimelineView::paintSelection(QPainter &painter)
{
    if (!m_marked.isValid())
        return;
    const double pixel = m_axis.pixelAt(double(m_capture->record(m_marked).time));
    if (pixel < 0 || pixel > m_axis.pixels())
        return;
    const QColor &ink = colorsOf(this).accent;
    const double x = LabelWidth + pixel;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.5));
    painter.drawLine(QPointF(x, axisHeight()), QPointF(x, viewport()->height()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(QPointF(x, axisHeight()), 4, 4);
}

void TimelineView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colorsOf(this).base);
    paintAxis(painter);
    paintLanes(painter);
    paintSelection(painter);
    paintFocusLine(painter, *this);
    m_paintedStart = m_axis.start();
}

} // namespace pushscope
