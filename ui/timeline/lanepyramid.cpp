#include "ui/timeline/lanepyramid.h"

namespace pushscope {

namespace {

void fold(LaneBucket &into, const LaneBucket &child)
{
    into.in += child.in;
    into.out += child.out;
    into.largestIn = std::max(into.largestIn, child.largestIn);
    into.largestOut = std::max(into.largestOut, child.largestOut);
    into.flags |= child.flags;
}

/// A bucket in which nothing is counted yet, with what `first` begins with.
LaneBucket begun(std::uint32_t index, const LaneBucket &first)
{
    return {index, 0, 0, 0, 0, 0, first.first, first.firstTime};
}

} // namespace

std::size_t LanePyramid::levelFor(double nanosecondsPerPixel)
{
    std::size_t level = 0;
    while (level + 1 < Levels && double(width(level + 1)) <= nanosecondsPerPixel)
        ++level;
    return level;
}

double LanePyramid::placeOf(const LaneBucket &bucket, std::size_t level, double nanosecondsPerPixel)
{
    const auto size = double(width(level));
    return size > nanosecondsPerPixel ? double(bucket.firstTime) : (bucket.index + 0.5) * size;
}

void LanePyramid::add(std::int64_t time, Seq seq, Direction direction, std::uint32_t size, std::uint32_t flags)
{
    LaneBuckets &buckets = m_levels[0].buckets;
    const auto index = std::uint32_t(time / width(0));
    if (buckets.empty() || buckets.back().index < index)
        buckets.append({index, 0, 0, 0, 0, 0, seq.value, time});
    LaneBucket &bucket = buckets.back();
    bucket.flags |= flags;
    if (direction == Direction::Out) {
        ++bucket.out;
        bucket.largestOut = std::max(bucket.largestOut, size);
    } else if (direction == Direction::In) {
        ++bucket.in;
        bucket.largestIn = std::max(bucket.largestIn, size);
    }
}

void LanePyramid::settle()
{
    for (std::size_t i = 1; i < Levels; ++i) {
        Level &level = m_levels[i];
        const LaneBuckets &children = m_levels[i - 1].buckets;
        // The last bucket may have gained children: it is counted again from the first of them.
        if (!level.buckets.empty())
            level.buckets.back() = begun(level.buckets.back().index, level.buckets.back());
        for (std::size_t child = level.lastChild; child < children.size(); ++child) {
            const std::uint32_t index = children[child].index >> 2;
            if (level.buckets.empty() || level.buckets.back().index != index) {
                level.buckets.append(begun(index, children[child]));
                level.lastChild = child;
            }
            fold(level.buckets.back(), children[child]);
        }
    }
}

} // namespace pushscope
