#include "ui/timeline/timelineview.h"

#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/timeline/lanepainter.h"
#include "ui/timeline/lanepick.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace pushscope {

namespace {

/// Of the labels: as wide as the longest name, within these.
constexpr int LeastLabel = 96;
constexpr int MostLabel = 208;
constexpr int LabelPadding = 24;
constexpr int Margin = 13;
constexpr int SmallestLane = 34;
constexpr int LargestLane = 64;

} // namespace

TimelineView::TimelineView(const std::shared_ptr<const Capture> &capture, QWidget *parent)
    : TimeView(capture, LeastLabel, parent), m_lanes(capture)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(words("Timeline"));
    setMinimumHeight(axisHeight() + SmallestLane + 6);
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
    resetCursor();
    layOut();
    viewport()->update();
}

QRect TimelineView::laneArea(int place) const
{
    const int count = std::max<int>(1, int(shownLanes().size()));
    const int room = viewport()->height() - axisHeight();
    const int height = std::clamp(room / count, SmallestLane, LargestLane);
    return {axisLeft(), axisHeight() + place * height - verticalScrollBar()->value(), axis().pixels(), height};
}

void TimelineView::layOut()
{
    const auto lanes = shownLanes();
    int widest = 0;
    for (const Lane *lane : lanes)
        widest = std::max(widest, fontMetrics().horizontalAdvance(nameOf(*lane)));
    setLabelWidth(std::clamp(widest + LabelPadding, LeastLabel, MostLabel));
    layOutAxis(int(lanes.size()) * laneArea(0).height(), SmallestLane / 2);
}

int TimelineView::laneCount() const
{
    return int(shownLanes().size());
}

QString TimelineView::nameOf(const Lane &lane) const
{
    return m_names ? m_names(lane.session) : QString();
}

QString TimelineView::laneName(int place) const
{
    return nameOf(*shownLanes()[std::size_t(place)]);
}

std::vector<const LanePyramid *> TimelineView::pyramidsOf(int place) const
{
    return {&shownLanes()[std::size_t(place)]->marks};
}

void TimelineView::enterLane(int place)
{
    Q_EMIT lanePicked(shownLanes()[std::size_t(place)]->session);
}

double TimelineView::edge() const
{
    // With every stream over, time stands still: the last of them stays in view.
    return m_lanes.isMoving() ? std::max(m_now, double(m_lanes.end())) : double(m_lanes.end());
}

double TimelineView::beginning() const
{
    double start = edge();
    for (const Lane *lane : shownLanes()) {
        if (!lane->bands.empty())
            start = std::min(start, double(lane->bands.front().start));
    }
    return start;
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
    refresh(isNew);
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
    reveal(int(found - lanes.begin()));
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
    const double x = point.x() - axisLeft();
    if (!lane || x < 0)
        return {};
    if (const Seq found = nearestMark(lane->marks, axis(), x); found.isValid())
        return found;
    const auto after = std::upper_bound(lane->bands.begin(), lane->bands.end(), axis().timeAt(x),
                                        [](double time, const LaneBand &band) { return time < double(band.start); });
    return after == lane->bands.begin() ? Seq() : std::prev(after)->seq;
}

void TimelineView::clicked(const QPoint &point)
{
    if (const SessionId session = laneAt(point); session.isValid())
        Q_EMIT lanePicked(session);
    TimeView::clicked(point);
}

void TimelineView::paintLanes(QPainter &painter)
{
    const Colors &colors = colorsOf(this);
    const auto lanes = shownLanes();
    LanePainter lanePainter(painter, colors, axis(), scaled(font(), -1));
    painter.setClipRect(0, axisHeight(), viewport()->width(), viewport()->height() - axisHeight());
    for (std::size_t place = 0; place < lanes.size(); ++place) {
        const QRect area = laneArea(int(place));
        if (area.bottom() < axisHeight() || area.top() > viewport()->height())
            continue;
        const bool isCurrent = lanes[place]->session == m_lane;
        if (isCurrent)
            painter.fillRect(QRect(0, area.top() + 1, axisLeft() - 4, area.height() - 1), colors.soft);
        painter.setFont(font());
        painter.setPen(isCurrent ? colors.text : colors.muted);
        const QRect label(Margin, area.top() + 2, axisLeft() - Margin - 8, area.height());
        painter.drawText(label, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(nameOf(*lanes[place]), Qt::ElideMiddle, label.width()));
        painter.save();
        painter.setClipRect(area.adjusted(0, 0, 0, 1), Qt::IntersectClip);
        lanePainter.paint(*lanes[place], area, edge());
        painter.restore();
    }
    painter.setClipping(false);
}

} // namespace pushscope
