#include "ui/timeline/lanepainter.h"

#include "ui/text/describe.h"
#include "ui/text/words.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace pushscope {

namespace {

/// Half of a band's thickness; marks begin beyond it.
constexpr int BandHalf = 2;

/// Whether something went wrong at the beginning of this band.
bool isBreak(const LaneBand &band)
{
    if (band.state == SessionState::Failed)
        return true;
    const bool isEnd = band.state == SessionState::Waiting || band.state == SessionState::Closed;
    switch (band.cause) {
    case Cause::None:
    case Cause::Start:
    case Cause::Clean:
    case Cause::User:
    case Cause::Redirect:
    case Cause::Goaway: return false;
    case Cause::Cut:
    case Cause::Reset:
    case Cause::Timeout:
    case Cause::Status:
    case Cause::Type:
    case Cause::Refused:
    case Cause::Unreachable:
    case Cause::Dns:
    case Cause::Tls:
    case Cause::Proxy:
    case Cause::Malformed:
    case Cause::Protocol:
    case Cause::Drop:
    case Cause::Limit:
    case Cause::Capture: break;
    }
    return isEnd;
}

/// From 1 byte to 16 KiB over the room that there is: messages are small, and the difference between small ones tells
/// most.
int markHeight(std::uint32_t bytes, int room)
{
    const double share = std::min(1.0, std::log2(1.0 + bytes) / 14);
    return 4 + int(std::lround((room - 4) * share));
}

} // namespace

LanePainter::LanePainter(QPainter &painter, const Colors &colors, const TimeAxis &axis, const QFont &labelFont)
    : m_painter(painter), m_colors(colors), m_axis(axis), m_labelFont(labelFont)
{
}

void LanePainter::paint(const Lane &lane, const QRect &area, double now)
{
    paintMarks(lane, area);
    paintBands(lane, area, now);
}

void LanePainter::paintBands(const Lane &lane, const QRect &area, double now)
{
    const int y = area.center().y() + 2;
    const auto &bands = lane.bands;
    auto at = std::upper_bound(bands.begin(), bands.end(), m_axis.start(),
                               [](double time, const LaneBand &band) { return time < double(band.start); });
    if (at != bands.begin())
        --at;
    double painted = area.left() - 1.0;
    m_painter.setRenderHint(QPainter::Antialiasing);
    for (; at != bands.end() && double(at->start) <= m_axis.end(); ++at) {
        const double end = at + 1 != bands.end() ? double((at + 1)->start) : std::max(now, double(at->start));
        const double left = area.left() + m_axis.pixelAt(double(at->start));
        const double right = area.left() + m_axis.pixelAt(end);
        // A storm of attempts paints one band for each pixel at the most.
        if (right <= painted && !(isBreak(*at) && left > painted - 1))
            continue;
        paintBand(*at, std::max(left, area.left() - 20.0), std::min(right, area.right() + 20.0), y);
        painted = std::max(painted, std::floor(right));
    }
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

void LanePainter::paintBand(const LaneBand &band, double left, double right, int y)
{
    switch (band.state) {
    case SessionState::Open:
        m_painter.setPen(QPen(m_colors.incoming, 2 * BandHalf, Qt::SolidLine, Qt::FlatCap));
        m_painter.drawLine(QPointF(left, y), QPointF(std::max(right, left + 1), y));
        break;
    case SessionState::Waiting: paintWaiting(band, left, right, y); break;
    case SessionState::Failed:
        m_painter.setPen(QPen(m_colors.failed, 1, Qt::DotLine));
        m_painter.drawLine(QPointF(left, y), QPointF(right, y));
        break;
    case SessionState::Closed:
    case SessionState::Idle:
        m_painter.setPen(QPen(m_colors.line, 1));
        m_painter.drawLine(QPointF(left, y), QPointF(right, y));
        break;
    case SessionState::Connecting:
    case SessionState::Securing:
    case SessionState::Requesting:
    case SessionState::Closing: paintHatch(left, std::max(right, left + 4), y); break;
    }
    if (isBreak(band))
        paintCross(left, y, 5.5);
}

void LanePainter::paintHatch(double left, double right, int y)
{
    m_painter.save();
    m_painter.setClipRect(QRectF(left, y - BandHalf - 1, right - left, 2 * BandHalf + 2), Qt::IntersectClip);
    m_painter.setPen(QPen(m_colors.accent, 2));
    const double first = std::floor(left / 6) * 6 - 6;
    const double last = std::min(right, left + 4000);
    for (double x = first; x < last; x += 6)
        m_painter.drawLine(QPointF(x, y + 4), QPointF(x + 7, y - 4));
    m_painter.restore();
}

void LanePainter::paintWaiting(const LaneBand &band, double left, double right, int y)
{
    QPen pen(m_colors.waiting, 3, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({1.6, 1.0});
    m_painter.setPen(pen);
    m_painter.drawLine(QPointF(left, y), QPointF(right, y));
    StateFacts facts;
    facts.delayMs = band.delayMs;
    facts.delaySource = band.delaySource;
    const QString text = words("waiting ") + describeDelay(facts);
    m_painter.setFont(m_labelFont);
    const double width = m_painter.fontMetrics().horizontalAdvance(text) + 16;
    if (right - left < width + 12)
        return;
    const double height = m_painter.fontMetrics().height() + 4;
    const QRectF pill(left + (right - left - width) / 2, y - height / 2, width, height);
    m_painter.setPen(QPen(m_colors.waiting, 1));
    m_painter.setBrush(m_colors.base);
    m_painter.drawRoundedRect(pill, height / 2, height / 2);
    m_painter.drawText(pill, Qt::AlignCenter, text);
    m_painter.setBrush(Qt::NoBrush);
}

void LanePainter::paintCross(double x, int y, double size)
{
    m_painter.setPen(QPen(m_colors.failed, 2.4));
    m_painter.drawLine(QPointF(x - size, y - size), QPointF(x + size, y + size));
    m_painter.drawLine(QPointF(x - size, y + size), QPointF(x + size, y - size));
}

void LanePainter::gather(const Lane &lane)
{
    m_columns.assign(std::size_t(m_axis.pixels()), {});
    const double perPixel = m_axis.perPixel();
    const std::size_t level = LanePyramid::levelFor(perPixel);
    const std::int64_t width = LanePyramid::width(level);
    lane.marks.visit(
        level, std::int64_t(m_axis.start()) - width, std::int64_t(m_axis.end()), [&](const LaneBucket &bucket) {
            const auto x = std::int64_t(std::floor(m_axis.pixelAt(LanePyramid::placeOf(bucket, level, perPixel))));
            if (x < 0 || x >= m_axis.pixels())
                return;
            Column &column = m_columns[std::size_t(x)];
            column.in += bucket.in;
            column.out += bucket.out;
            column.largestIn = std::max(column.largestIn, bucket.largestIn);
            column.largestOut = std::max(column.largestOut, bucket.largestOut);
            column.flags |= bucket.flags;
        });
}

void LanePainter::paintMarks(const Lane &lane, const QRect &area)
{
    gather(lane);
    constexpr int Thickness = 2;
    const int y = area.center().y() + 2;
    const int above = y - BandHalf - area.top() - 4;
    const int below = area.bottom() - y - BandHalf - 3;
    for (std::size_t x = 0; x < m_columns.size(); ++x) {
        const Column &column = m_columns[x];
        const int left = area.left() + int(x);
        if (column.in > 0) {
            const int height = markHeight(column.largestIn, above);
            m_painter.fillRect(left, y - BandHalf - 1 - height, Thickness, height, m_colors.incoming);
        }
        if (column.out > 0)
            m_painter.fillRect(left, y + BandHalf + 2, Thickness, markHeight(column.largestOut, below),
                               m_colors.outgoing);
        if (column.flags != 0)
            paintFlag(left, area.top(), column.flags);
    }
}

void LanePainter::paintFlag(int x, int top, std::uint32_t flags)
{
    const QColor &ink = (flags & LaneFlag::Error) ? m_colors.failed : m_colors.waiting;
    QPainterPath path;
    path.moveTo(x - 3.5, top);
    path.lineTo(x + 4.5, top);
    path.lineTo(x + 0.5, top + 6);
    path.closeSubpath();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.fillPath(path, ink);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace pushscope
