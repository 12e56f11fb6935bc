#include "ui/timeline/http2lanesview.h"

#include "ui/models/connectionindex.h"
#include "ui/text/describe.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/timeline/http2lanepainter.h"
#include "ui/timeline/lanepick.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace pushscope {

namespace {

constexpr int LabelWidth = 190;
constexpr int GaugeWidth = 46;
constexpr int Margin = 13;

/// RFC 9113 section 5.1, as seen from the client.
QString stateOf(const Http2StreamFlow &stream)
{
    if (!stream.isOpen())
        return words("closed");
    if (stream.endedIn || stream.endedOut)
        return words("half-closed");
    return words("open");
}

} // namespace

Http2LanesView::Http2LanesView(const std::shared_ptr<const Capture> &capture, const Http2Flow &flow, QWidget *parent)
    : TimeView(capture, LabelWidth, parent), m_flow(flow), m_lanes(capture)
{
    setObjectName(QStringLiteral("http2Lanes"));
    setAccessibleName(words("Lanes of the connection"));
}

void Http2LanesView::setConnection(const ConnectionSummary &connection)
{
    if (connection.id == m_lanes.connection())
        return;
    m_lanes.setConnection(connection.id, connection.first);
    m_stream = 0;
    m_isStreamDue = false;
    resetCursor();
    setAccessibleDescription(describeConnection(connection.id));
    verticalScrollBar()->setValue(0);
    layOut();
    viewport()->update();
}

void Http2LanesView::advance(std::uint64_t published, std::int64_t now, std::chrono::microseconds slice)
{
    const std::size_t lanes = m_lanes.lanes().size();
    const bool isNew = m_lanes.advance(published, slice);
    m_now = double(now);
    if (m_lanes.lanes().size() != lanes) {
        layOut();
        revealStream();
    }
    refresh(isNew);
}

int Http2LanesView::laneHeight() const
{
    return std::max(50, QFontMetrics(font()).height() + QFontMetrics(scaled(font(), -1)).height() + 16);
}

QRect Http2LanesView::laneArea(int place) const
{
    return {LabelWidth, axisHeight() + place * laneHeight() - verticalScrollBar()->value(), axis().pixels(),
            laneHeight()};
}

int Http2LanesView::wantedHeight() const
{
    return axisHeight() + laneCount() * laneHeight();
}

void Http2LanesView::layOut()
{
    layOutAxis(int(m_lanes.lanes().size()) * laneHeight(), laneHeight() / 2);
}

double Http2LanesView::edge() const
{
    const Http2ConnectionFlow *flow = m_flow.connection(ConnectionId(m_lanes.connection()));
    const auto end = double(m_lanes.end());
    return flow && flow->endedAt ? end : std::max(m_now, end);
}

double Http2LanesView::beginning() const
{
    return m_lanes.lanes().empty() ? edge() : double(m_lanes.lanes().front()->start);
}

void Http2LanesView::showRecord(Seq seq)
{
    markRecord(seq);
    if (!seq.isValid())
        return;
    const Record &record = capture().record(seq);
    if (record.connection == m_lanes.connection())
        reveal(m_lanes.placeOf(record.stream));
}

void Http2LanesView::showStream(std::uint32_t stream)
{
    if (stream == m_stream)
        return;
    m_stream = stream;
    m_isStreamDue = stream != 0;
    revealStream();
    viewport()->update();
}

void Http2LanesView::revealStream()
{
    const int place = m_isStreamDue ? m_lanes.placeOf(m_stream) : -1;
    if (place < 0)
        return;
    m_isStreamDue = false;
    reveal(place);
}

QString Http2LanesView::laneName(int place) const
{
    return nameOf(*m_lanes.lanes()[std::size_t(place)]);
}

QString Http2LanesView::nameOf(const Http2Lane &lane) const
{
    if (lane.stream == 0)
        return describeConnection(m_lanes.connection());
    return QStringLiteral("#%1 %2").arg(QString::number(lane.stream), m_names ? m_names(lane.session) : QString());
}

std::vector<const LanePyramid *> Http2LanesView::pyramidsOf(int place) const
{
    const Http2Lane &lane = *m_lanes.lanes()[std::size_t(place)];
    return {&lane.data, &lane.marks};
}

Seq Http2LanesView::recordAt(const QPoint &point) const
{
    const int place = (point.y() - axisHeight() + verticalScrollBar()->value()) / laneHeight();
    const double x = point.x() - LabelWidth;
    if (x < 0 || point.y() < axisHeight() || place >= int(m_lanes.lanes().size()))
        return {};
    const Http2Lane &lane = *m_lanes.lanes()[std::size_t(place)];
    // A round trip is more than the frame that ends it.
    const auto trip =
        std::lower_bound(lane.trips.begin(), lane.trips.end(), axis().timeAt(x - 5),
                         [](const RoundTrip &other, double time) { return double(other.answered) < time; });
    if (trip != lane.trips.end() && double(trip->answered - trip->length) <= axis().timeAt(x + 5))
        return trip->seq;
    // Marks are painted over the data.
    const Seq mark = nearestMark(lane.marks, axis(), x);
    return mark.isValid() ? mark : nearestMark(lane.data, axis(), x);
}

Http2LanesView::Windows Http2LanesView::windowsOf(const Http2Lane &lane) const
{
    const Http2ConnectionFlow *flow = m_flow.connection(ConnectionId(m_lanes.connection()));
    Windows windows{.from = double(lane.start), .to = edge(), .state = {}};
    if (!flow)
        return windows;
    if (lane.stream == 0) {
        windows.in = &flow->in;
        windows.out = &flow->out;
        windows.state = flow->endedAt ? words("closed") : words("%n open", qint64(flow->openStreams));
        return windows;
    }
    const auto found = flow->streams.find(lane.stream);
    if (found == flow->streams.end())
        return windows;
    const Http2StreamFlow &stream = found->second;
    windows.in = &stream.in;
    // A stream that only listens has one, too, but nothing will come of it.
    windows.out = stream.endedOut ? nullptr : &stream.out;
    windows.from = double(stream.openedAt);
    windows.to = double(stream.closedAt.value_or(std::int64_t(edge())));
    windows.state = stateOf(stream);
    return windows;
}

void Http2LanesView::paintLabel(QPainter &painter, Http2LanePainter &lanePainter, const Http2Lane &lane,
                                const QRect &area, const Windows &windows)
{
    const Colors &colors = colorsOf(this);
    const bool isMarked = marked().isValid() && capture().record(marked()).connection == m_lanes.connection() &&
                          capture().record(marked()).stream == lane.stream;
    const bool isCurrent = isMarked || (m_stream != 0 && m_stream == lane.stream);
    if (isCurrent)
        painter.fillRect(QRect(0, area.top() + 1, LabelWidth - 4, area.height() - 1), colors.soft);
    const QString title = nameOf(lane);
    painter.setFont(font());
    painter.setPen(colors.text);
    const QRect first(Margin, area.top() + 5, LabelWidth - Margin - 8, painter.fontMetrics().height());
    painter.drawText(first, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(title, Qt::ElideMiddle, first.width()));
    painter.setFont(scaled(font(), -1));
    const QRect second(Margin, first.bottom() + 3, first.width(), painter.fontMetrics().height());
    int left = second.left();
    QString text = windows.state;
    if (windows.in && windows.state != words("closed")) {
        lanePainter.paintGauge(*windows.in, QRect(left, second.center().y() - 4, GaugeWidth, 8));
        left += GaugeWidth + 6;
        const int percent = int(Http2LanePainter::shareOf(windows.in->left(), *windows.in) * 100);
        const bool isScarce = Http2LanePainter::isScarce(*windows.in);
        painter.setPen(isScarce ? colors.waiting : colors.muted);
        const QString said = isScarce ? words("%1 % left").arg(percent) : words("%1 %").arg(percent);
        text = said + QStringLiteral(" \u00B7 ") + text;
    } else {
        painter.setPen(colors.muted);
    }
    painter.drawText(QRect(left, second.top(), second.right() - left, second.height()),
                     Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, second.right() - left));
}

void Http2LanesView::paintLegend(QPainter &painter)
{
    const Colors &colors = colorsOf(this);
    struct Entry
    {
        QColor ink;
        QString text;
        bool isRing;
    };
    painter.setFont(scaled(font(), -2));
    int x = Margin;
    const int middle = axisHeight() / 2;
    for (const Entry &entry :
         {Entry{colors.incoming, words("in"), false}, Entry{colors.outgoing, words("out"), false},
          Entry{colors.accent, words("window"), false}, Entry{colors.accent, words("round trip"), true}}) {
        if (entry.isRing) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(entry.ink, 1.6));
            painter.drawEllipse(QPointF(x + 4, middle + 0.5), 3.2, 3.2);
            painter.setRenderHint(QPainter::Antialiasing, false);
        } else {
            const bool isWindow = entry.ink == colors.accent;
            painter.fillRect(x, middle - (isWindow ? 0 : 3), 8, isWindow ? 2 : 7, entry.ink);
        }
        painter.setPen(colors.muted);
        const int width = painter.fontMetrics().horizontalAdvance(entry.text);
        painter.drawText(QRect(x + 12, 0, width + 2, axisHeight()), Qt::AlignVCenter, entry.text);
        x += 12 + width + 12;
    }
}

void Http2LanesView::paintLanes(QPainter &painter)
{
    const Colors &colors = colorsOf(this);
    paintLegend(painter);
    Http2LanePainter lanePainter(painter, colors, axis(), scaled(font(), -2));
    painter.setClipRect(0, axisHeight(), viewport()->width(), viewport()->height() - axisHeight());
    const int first = verticalScrollBar()->value() / laneHeight();
    const int last = std::min(int(m_lanes.lanes().size()), first + viewport()->height() / laneHeight() + 2);
    for (int place = first; place < last; ++place) {
        const QRect area = laneArea(place);
        const Http2Lane &lane = *m_lanes.lanes()[std::size_t(place)];
        const Windows windows = windowsOf(lane);
        const Http2LanePainter::Life life{windows.from, windows.to};
        paintLabel(painter, lanePainter, lane, area, windows);
        painter.save();
        painter.setClipRect(area, Qt::IntersectClip);
        if (windows.in)
            lanePainter.paintWindow(*windows.in, Http2LanePainter::windowArea(area), life, Direction::In);
        // As long as we send nothing it stays full.
        if (windows.out && windows.out->history().size() > 1)
            lanePainter.paintWindow(*windows.out, Http2LanePainter::windowArea(area), life, Direction::Out);
        lanePainter.paint(lane, area, life);
        painter.restore();
        painter.fillRect(QRect(0, area.bottom(), viewport()->width(), 1), colors.line);
    }
    painter.setClipping(false);
}

} // namespace pushscope
