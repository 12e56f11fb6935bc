#include "ui/timeline/http2lanepainter.h"

#include "ui/text/format.h"
#include "ui/text/words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace pushscope {

namespace {

constexpr int WindowHeight = 9;
constexpr int Above = 17; ///< the room for DATA that was received
constexpr int Below = 10; ///< and sent
constexpr int BlockWidth = 4;
constexpr int ChipPadding = 5;
/// A window with less than this left holds its sender up.
constexpr double Scarce = 0.1;

/// From 1 byte to 16 KiB, the largest frame there is by default, over the room that there is.
int blockHeight(std::uint32_t bytes, int room)
{
    const double share = std::min(1.0, std::log2(1.0 + bytes) / 14);
    return 3 + int(std::lround((room - 3) * share));
}

} // namespace

Http2LanePainter::Http2LanePainter(QPainter &painter, const Colors &colors, const TimeAxis &axis,
                                   const QFont &labelFont)
    : m_painter(painter), m_colors(colors), m_axis(axis), m_labelFont(labelFont)
{
}

int Http2LanePainter::lineOf(const QRect &lane)
{
    return lane.top() + 4 + Above;
}

QRect Http2LanePainter::windowArea(const QRect &lane)
{
    return {lane.left(), lane.bottom() - WindowHeight - 2, lane.width(), WindowHeight};
}

double Http2LanePainter::shareOf(std::int64_t left, const FlowWindow &window)
{
    return window.highest() > 0 ? std::clamp(double(left) / double(window.highest()), 0.0, 1.0) : 0;
}

bool Http2LanePainter::isScarce(const FlowWindow &window)
{
    return shareOf(window.left(), window) < Scarce;
}

void Http2LanePainter::paint(const Http2Lane &lane, const QRect &area, const Life &life)
{
    const double left = std::max(area.left() + m_axis.pixelAt(life.from), area.left() - 1.0);
    const double right = std::min(area.left() + m_axis.pixelAt(life.to), area.right() + 1.0);
    if (right >= left) {
        m_painter.setPen(QPen(m_colors.line, 2, Qt::SolidLine, Qt::FlatCap));
        m_painter.drawLine(QPointF(left, lineOf(area)), QPointF(std::max(right, left + 1), lineOf(area)));
    }
    paintData(lane, area);
    paintMarks(lane, area);
    paintTrips(lane, area);
}

void Http2LanePainter::paintData(const Http2Lane &lane, const QRect &area)
{
    const int y = lineOf(area);
    const std::size_t level = LanePyramid::levelFor(m_axis.perPixel());
    const std::int64_t width = LanePyramid::width(level);
    lane.data.visit(
        level, std::int64_t(m_axis.start()) - width, std::int64_t(m_axis.end()), [&](const LaneBucket &bucket) {
            const double pixel = m_axis.pixelAt(LanePyramid::placeOf(bucket, level, m_axis.perPixel()));
            const int x = area.left() + int(std::floor(pixel));
            if (bucket.in > 0) {
                const int height = blockHeight(bucket.largestIn, Above);
                m_painter.fillRect(x, y - 1 - height, BlockWidth, height, m_colors.incoming);
            }
            if (bucket.out > 0)
                m_painter.fillRect(x, y + 2, BlockWidth, blockHeight(bucket.largestOut, Below), m_colors.outgoing);
        });
}

void Http2LanePainter::paintMarks(const Http2Lane &lane, const QRect &area)
{
    std::vector<Mark> marks;
    const std::size_t level = LanePyramid::levelFor(m_axis.perPixel());
    const std::int64_t width = LanePyramid::width(level);
    lane.marks.visit(
        level, std::int64_t(m_axis.start()) - width, std::int64_t(m_axis.end()), [&](const LaneBucket &bucket) {
            const double x =
                area.left() + std::floor(m_axis.pixelAt(LanePyramid::placeOf(bucket, level, m_axis.perPixel())));
            if (!marks.empty() && marks.back().x == x)
                marks.back().flags |= bucket.flags;
            else
                marks.push_back({x, bucket.flags});
        });
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const double next = i + 1 < marks.size() ? marks[i + 1].x : area.right() + 1.0;
        paintMark(marks[i], lineOf(area), next - marks[i].x - 3);
    }
}

/// What matters most of what stands at one pixel. Each has a shape, and a word where there is room.
void Http2LanePainter::paintMark(const Mark &mark, int y, double room)
{
    const double x = mark.x;
    if (mark.flags & FrameMark::Goaway) {
        paintChip(x, y, room, QStringLiteral("GOAWAY"), m_colors.waiting, m_colors.base);
    } else if (mark.flags & FrameMark::Reset) {
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(m_colors.failed, 2.2));
        m_painter.drawLine(QPointF(x - 5, y - 5), QPointF(x + 5, y + 5));
        m_painter.drawLine(QPointF(x - 5, y + 5), QPointF(x + 5, y - 5));
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        m_painter.setFont(m_labelFont);
        const QString text = QStringLiteral("RST_STREAM");
        if (room > m_painter.fontMetrics().horizontalAdvance(text) + 12)
            m_painter.drawText(QPointF(x + 9, y + m_painter.fontMetrics().ascent() / 2.0 - 1), text);
    } else if (mark.flags & FrameMark::Headers) {
        paintChip(x, y, room, QStringLiteral("HEADERS"), m_colors.accent, m_colors.onAccent);
    } else if (mark.flags & FrameMark::Push) {
        paintChip(x, y, room, QStringLiteral("PUSH_PROMISE"), m_colors.outgoing, m_colors.base);
    } else if (mark.flags & FrameMark::Settings) {
        paintChip(x, y, room, QStringLiteral("SETTINGS"), m_colors.chip, m_colors.text);
    } else if (mark.flags & FrameMark::SettingsAck) {
        paintChip(x, y, room, QStringLiteral("ACK"), m_colors.chip, m_colors.muted);
    } else if (mark.flags & FrameMark::Other) {
        m_painter.fillRect(QRectF(x, y - 3, 2, 7), m_colors.muted);
    }
    if (mark.flags & FrameMark::EndStream) {
        // The lane stops there for that direction: a bar across it.
        m_painter.fillRect(QRectF(x, y - 9, 2, 19), m_colors.text);
    }
}

void Http2LanePainter::paintChip(double x, int y, double room, const QString &text, const QColor &ground,
                                 const QColor &ink)
{
    m_painter.setFont(m_labelFont);
    const QFontMetrics metrics = m_painter.fontMetrics();
    const double width = metrics.horizontalAdvance(text) + 2 * ChipPadding;
    const bool hasRoom = width <= room;
    const int height = metrics.height();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(ground);
    const QRectF chip(x, y - height / 2.0, hasRoom ? width : 6, height);
    m_painter.drawRoundedRect(chip, 3, 3);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    if (!hasRoom)
        return;
    m_painter.setPen(ink);
    m_painter.drawText(chip, Qt::AlignCenter, text);
}

void Http2LanePainter::paintTrips(const Http2Lane &lane, const QRect &area)
{
    auto at = std::lower_bound(lane.trips.begin(), lane.trips.end(), m_axis.start(),
                               [](const RoundTrip &trip, double time) { return double(trip.answered) < time; });
    const int y = lineOf(area);
    double free = area.left() - 1.0; // left of it something is painted
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setFont(m_labelFont);
    const QFontMetrics metrics = m_painter.fontMetrics();
    for (; at != lane.trips.end(); ++at) {
        const double right = area.left() + m_axis.pixelAt(double(at->answered));
        const double left = area.left() + m_axis.pixelAt(double(at->answered - at->length));
        if (left > area.right())
            break;
        if (right < free)
            continue;
        m_painter.setPen(QPen(m_colors.accent, 2));
        m_painter.setBrush(m_colors.base);
        if (right - left > 8)
            m_painter.drawLine(QPointF(left, y), QPointF(right, y));
        m_painter.drawEllipse(QPointF(right, y), 4, 4);
        const QString text = formatDuration(double(at->length) / 1e6);
        const double width = metrics.horizontalAdvance(text);
        const double next = at + 1 != lane.trips.end()
                                ? area.left() + m_axis.pixelAt(double((at + 1)->answered - (at + 1)->length))
                                : area.right() + 1.0;
        const bool hasRoom = right + width + 16 < next;
        if (hasRoom)
            m_painter.drawText(QPointF(right + 8, y - 4), text);
        free = right + 2;
    }
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

void Http2LanePainter::paintWindow(const FlowWindow &window, const QRect &area, const Life &life, Direction direction)
{
    const auto &history = window.history();
    const auto place = [&](double time) {
        return std::clamp(area.left() + m_axis.pixelAt(time), area.left() - 1.0, area.right() + 1.0);
    };
    // Whole pixels: a line between two would look thicker here and thinner there.
    const auto height = [&](std::int64_t left) { return std::lround(shareOf(left, window) * area.height()); };
    for (std::size_t i = 0; i < history.size(); ++i) {
        const double from = place(double(history[i].time));
        const double to = place(i + 1 < history.size() ? double(history[i + 1].time) : life.to);
        if (to < area.left() || from > area.right() || to - from < 0.01)
            continue;
        const bool isScarceHere = shareOf(history[i].left, window) < Scarce;
        const QColor &own = direction == Direction::Out ? m_colors.outgoing : m_colors.accent;
        const QColor &ink = isScarceHere ? m_colors.waiting : own;
        QColor ground = ink;
        ground.setAlpha(60);
        const auto full = double(height(history[i].left));
        if (direction == Direction::In)
            m_painter.fillRect(QRectF(from, area.bottom() + 1 - full, to - from, full), ground);
        m_painter.fillRect(QRectF(from, area.bottom() + 1 - full, to - from, 1), ink);
        // How low it came within a stretch whose end is all that is kept.
        const auto lowest = double(height(history[i].lowest));
        if (full - lowest > 1)
            m_painter.fillRect(QRectF(from, area.bottom() + 1 - full, 1, full - lowest), ink);
    }
}

void Http2LanePainter::paintGauge(const FlowWindow &window, const QRect &area)
{
    const QColor &ink = isScarce(window) ? m_colors.waiting : m_colors.accent;
    m_painter.setPen(QPen(m_colors.muted, 1));
    m_painter.drawRect(area);
    const QRect inner = area.adjusted(2, 2, -1, -1);
    const int width = int(std::lround(shareOf(window.left(), window) * inner.width()));
    m_painter.fillRect(inner.left(), inner.top(), width, inner.height(), ink);
}

} // namespace pushscope
