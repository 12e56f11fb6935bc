#pragma once

#include "core/base/ids.h"
#include "core/capture/record.h"
#include "ui/timeline/lanebuckets.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace pushscope {

namespace LaneFlag {
inline constexpr std::uint32_t Error = 1;
inline constexpr std::uint32_t Finding = 2;
} // namespace LaneFlag

/// The marks of a lane as counts for each stretch of time, on levels whose stretches grow by 4: painting takes the
/// level that fits the zoom and never looks at records. Only stretches in which something happened are kept.
class LanePyramid
{
public:
    static constexpr std::size_t Levels = 14;
    [[nodiscard]] static constexpr std::int64_t width(std::size_t level) { return std::int64_t(1) << (20 + 2 * level); }
    /// The coarsest level that still tells two pixels apart.
    [[nodiscard]] static std::size_t levelFor(double nanosecondsPerPixel);

    /// The time at which a mark for the bucket stands: that of its record where the zoom tells it from the stretch's
    /// middle.
    [[nodiscard]] static double placeOf(const LaneBucket &bucket, std::size_t level, double nanosecondsPerPixel);

    /// A time before the last one's counts as that.
    void add(std::int64_t time, Seq seq, Direction direction, std::uint32_t size, std::uint32_t flags);
    /// Brings the coarser levels up to date; after a run of add().
    void settle();
    [[nodiscard]] const LaneBuckets &level(std::size_t level) const { return m_levels[level].buckets; }

    /// Calls `visit(bucket)` for what a level holds between two times.
    template <class Visit>
    void visit(std::size_t level, std::int64_t from, std::int64_t to, const Visit &visit) const
    {
        const LaneBuckets &buckets = m_levels[level].buckets;
        const std::int64_t size = width(level);
        const auto first = std::uint32_t(std::max<std::int64_t>(0, from / size));
        std::size_t at = buckets.countWhile([first](const LaneBucket &bucket) { return bucket.index < first; });
        for (; at < buckets.size() && std::int64_t(buckets[at].index) * size <= to; ++at)
            visit(buckets[at]);
    }

private:
    struct Level
    {
        LaneBuckets buckets;
        std::size_t lastChild = 0; ///< of the finer level: the first one in the last bucket
    };
    std::array<Level, Levels> m_levels;
};

} // namespace pushscope
