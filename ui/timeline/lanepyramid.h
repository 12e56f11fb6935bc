#pragma once

#include "core/base/ids.h"
#include "core/capture/record.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pushscope {

/// What fell into a stretch of time on a lane.
struct LaneBucket
{
    std::uint32_t index = 0; ///< start of the stretch in widths of its level
    std::uint32_t in = 0, out = 0;
    std::uint32_t largestIn = 0, largestOut = 0; ///< bytes
    std::uint32_t flags = 0;                     ///< LaneFlag
    std::uint64_t first = 0;                     ///< Seq
    std::int64_t firstTime = 0;                  ///< of that record
};

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

    /// Times never go back.
    void add(std::int64_t time, Seq seq, Direction direction, std::uint32_t size, std::uint32_t flags);
    /// Brings the coarser levels up to date; after a run of add().
    void settle();
    [[nodiscard]] const std::vector<LaneBucket> &level(std::size_t level) const { return m_levels[level].buckets; }

    /// Calls `visit(bucket)` for what a level holds between two times.
    template <class Visit>
    void visit(std::size_t level, std::int64_t from, std::int64_t to, const Visit &visit) const
    {
        const auto &buckets = m_levels[level].buckets;
        const std::int64_t size = width(level);
        const auto first = std::uint32_t(std::max<std::int64_t>(0, from / size));
        auto at = std::lower_bound(buckets.begin(), buckets.end(), first,
                                   [](const LaneBucket &bucket, std::uint32_t index) { return bucket.index < index; });
        for (; at != buckets.end() && std::int64_t(at->index) * size <= to; ++at)
            visit(*at);
    }

private:
    struct Level
    {
        std::vector<LaneBucket> buckets;
        std::size_t lastChild = 0; ///< of the finer level: the first one in the last bucket
    };
    std::array<Level, Levels> m_levels;
};

} // namespace pushscope
