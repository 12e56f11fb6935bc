#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/timeaxis.h"
#include "ui/timeline/timelinelanes.h"

#include <QFont>
#include <QRect>

#include <vector>

class QPainter;

namespace pushscope {

/// Paints one lane: its state as a band, what was received above it, what was sent below. The cost goes with the
/// pixels, not the records.
class LanePainter
{
public:
    LanePainter(QPainter &painter, const Colors &colors, const TimeAxis &axis, const QFont &labelFont);

    /// `now`: where a state that has not ended ends for the time being.
    void paint(const Lane &lane, const QRect &area, double now);

private:
    struct Column
    {
        std::uint32_t in = 0, out = 0, largestIn = 0, largestOut = 0, flags = 0;
    };

    void paintBands(const Lane &lane, const QRect &area, double now);
    void paintBand(const LaneBand &band, double left, double right, int y);
    void paintHatch(double left, double right, int y);
    void paintWaiting(const LaneBand &band, double left, double right, int y);
    void paintCross(double x, int y, double size);
    void gather(const Lane &lane);
    void paintMarks(const Lane &lane, const QRect &area);
    void paintFlag(int x, int top, std::uint32_t flags);

    QPainter &m_painter;
    const Colors &m_colors;
    const TimeAxis &m_axis;
    QFont m_labelFont;
    std::vector<Column> m_columns;
};

} // namespace pushscope
