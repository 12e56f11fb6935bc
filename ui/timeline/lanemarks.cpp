#include "ui/timeline/lanemarks.h"

#include <algorithm>

namespace pushscope {

namespace {

/// The last mark of all for which `holds`.
template <class Holds>
Seq lastWhile(const std::vector<const LaneBuckets *> &levels, const Holds &holds)
{
    Seq found;
    for (const LaneBuckets *level : levels) {
        if (const std::size_t count = level->countWhile(holds); count > 0)
            found = std::max(found, Seq((*level)[count - 1].first));
    }
    return found;
}

} // namespace

LaneMarks::LaneMarks(const std::vector<const LanePyramid *> &pyramids, double nanosecondsPerPixel)
{
    for (const LanePyramid *pyramid : pyramids)
        m_levels.push_back(&pyramid->level(LanePyramid::levelFor(nanosecondsPerPixel)));
}

Seq LaneMarks::first() const
{
    return behind(Seq());
}

Seq LaneMarks::last() const
{
    return lastWhile(m_levels, [](const LaneBucket &) { return true; });
}

Seq LaneMarks::before(Seq seq) const
{
    return lastWhile(m_levels, [seq](const LaneBucket &bucket) { return bucket.first < seq.value; });
}

Seq LaneMarks::behind(Seq seq) const
{
    Seq found;
    for (const LaneBuckets *level : m_levels) {
        const std::size_t at = level->countWhile([seq](const LaneBucket &bucket) { return bucket.first <= seq.value; });
        if (at < level->size() && (!found.isValid() || (*level)[at].first < found.value))
            found = Seq((*level)[at].first);
    }
    return found;
}

Seq LaneMarks::at(double time) const
{
    const Seq found =
        lastWhile(m_levels, [time](const LaneBucket &bucket) { return double(bucket.firstTime) <= time; });
    return found.isValid() ? found : first();
}

} // namespace pushscope
