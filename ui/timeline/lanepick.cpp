#include "ui/timeline/lanepick.h"

#include <cmath>

namespace pushscope {

Seq nearestMark(const LanePyramid &marks, const TimeAxis &axis, double pixel)
{
    constexpr int PickDistance = 5;
    const std::size_t level = LanePyramid::levelFor(axis.perPixel());
    const std::int64_t width = LanePyramid::width(level);
    double nearest = PickDistance + 1;
    Seq found;
    marks.visit(level, std::int64_t(axis.timeAt(pixel - PickDistance)) - width,
                std::int64_t(axis.timeAt(pixel + PickDistance)), [&](const LaneBucket &bucket) {
                    const double place = axis.pixelAt(LanePyramid::placeOf(bucket, level, axis.perPixel()));
                    if (const double distance = std::abs(place - pixel); distance < nearest) {
                        nearest = distance;
                        found = Seq(bucket.first);
                    }
                });
    return found;
}

} // namespace pushscope
