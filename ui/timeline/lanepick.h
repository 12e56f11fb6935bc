#pragma once

#include "ui/timeline/lanepyramid.h"
#include "ui/timeline/timeaxis.h"

namespace pushscope {

/// The mark nearest to a pixel of the axis, within a few pixels; none when there is none.
[[nodiscard]] Seq nearestMark(const LanePyramid &marks, const TimeAxis &axis, double pixel);

} // namespace pushscope
