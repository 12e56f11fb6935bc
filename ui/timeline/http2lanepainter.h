#pragma once

#include "core/capture/details/http2flow.h"
#include "ui/theme/theme.h"
#include "ui/timeline/http2lanes.h"
#include "ui/timeline/timeaxis.h"

#include <QFont>
#include <QRect>

#include <vector>

class QPainter;

namespace pushscope {

/// Paints one lane of an HTTP/2 connection: DATA received above the line and sent below it, other frames as marks on
/// it, the flow-control window as a gauge beneath. The cost goes with the pixels, not the frames.
class Http2LanePainter
{
public:
    Http2LanePainter(QPainter &painter, const Colors &colors, const TimeAxis &axis, const QFont &labelFont);

    /// How long the lane's stream, or the connection, lives.
    struct Life
    {
        double from = 0, to = 0;
    };
    void paint(const Http2Lane &lane, const QRect &area, const Life &life);
    /// What was left of a window over time, `area` high when it is full: filled what we may receive, a line what we may
    /// send.
    void paintWindow(const FlowWindow &window, const QRect &area, const Life &life, Direction direction);
    /// The same as of now.
    void paintGauge(const FlowWindow &window, const QRect &area);
    /// Where the gauge stands in a lane.
    [[nodiscard]] static QRect windowArea(const QRect &lane);
    /// The line that marks stand on.
    [[nodiscard]] static int lineOf(const QRect &lane);
    /// Whether so little is left that the sender is held up or soon will be.
    [[nodiscard]] static bool isScarce(const FlowWindow &window);
    [[nodiscard]] static double shareOf(std::int64_t left, const FlowWindow &window);

private:
    struct Mark
    {
        double x = 0;
        std::uint32_t flags = 0;
    };

    void paintData(const Http2Lane &lane, const QRect &area);
    void paintMarks(const Http2Lane &lane, const QRect &area);
    void paintMark(const Mark &mark, int y, double room);
    void paintChip(double x, int y, double room, const QString &text, const QColor &ground, const QColor &ink);
    void paintTrips(const Http2Lane &lane, const QRect &area);

    QPainter &m_painter;
    const Colors &m_colors;
    const TimeAxis &m_axis;
    QFont m_labelFont;
};

} // namespace pushscope
