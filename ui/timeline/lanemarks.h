#pragma once

#include "ui/timeline/lanepyramid.h"

#include <vector>

namespace pushscope {

/// The marks of one lane in their order, as far as a zoom tells them apart: what the keyboard steps over.
class LaneMarks
{
public:
    LaneMarks(const std::vector<const LanePyramid *> &pyramids, double nanosecondsPerPixel);

    /// Each of them is invalid when there is none.
    [[nodiscard]] Seq first() const;
    [[nodiscard]] Seq last() const;
    [[nodiscard]] Seq before(Seq seq) const;
    [[nodiscard]] Seq behind(Seq seq) const;
    /// The last one up to a time, else the first.
    [[nodiscard]] Seq at(double time) const;

private:
    std::vector<const LaneBuckets *> m_levels;
};

} // namespace pushscope
