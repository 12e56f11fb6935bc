#pragma once

#include "core/base/ids.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace pushscope {

/// Counts of numbers in buckets that grow with them, four to an octave: from 0 to 2^64 in 2 kB, each number known to a
/// fifth. Each bucket remembers one record that counted.
class LogHistogram
{
public:
    struct Bucket
    {
        std::uint64_t count = 0;
        Seq latest;
    };
    static constexpr std::size_t Buckets = 64 * 4;

    void count(std::uint64_t value, Seq record)
    {
        Bucket &bucket = m_buckets[indexOf(value)];
        ++bucket.count;
        bucket.latest = record;
        ++m_total;
        if (m_total == 1 || value < m_smallest)
            m_smallest = value;
        m_largest = std::max(m_largest, value);
    }
    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] std::uint64_t smallest() const { return m_smallest; }
    [[nodiscard]] std::uint64_t largest() const { return m_largest; }
    [[nodiscard]] const Bucket &bucket(std::size_t index) const { return m_buckets[index]; }

    /// Numbers up to 7 have buckets of their own.
    [[nodiscard]] static constexpr std::size_t indexOf(std::uint64_t value)
    {
        if (value < 8)
            return static_cast<std::size_t>(value);
        const int octave = std::bit_width(value) - 1;
        return static_cast<std::size_t>(octave - 1) * 4 + static_cast<std::size_t>(value >> (octave - 2) & 3);
    }
    /// The smallest number in a bucket.
    [[nodiscard]] static constexpr std::uint64_t begin(std::size_t index)
    {
        if (index < 8)
            return index;
        const auto octave = static_cast<int>(index / 4 + 1);
        return octave > 63 ? ~0ull : (4ull + index % 4) << (octave - 2);
    }
    /// The number up to which a share (0 to 1) of all lie, as if those of a bucket were spread evenly over it.
    [[nodiscard]] std::uint64_t percentile(double share) const
    {
        const double wanted = share * static_cast<double>(m_total);
        double below = 0;
        for (std::size_t index = 0; index < Buckets; ++index) {
            const auto inside = static_cast<double>(m_buckets[index].count);
            if (inside > 0 && below + inside >= wanted) {
                const auto from = static_cast<double>(std::max(begin(index), m_smallest));
                const auto to = static_cast<double>(std::min(begin(index + 1) - 1, m_largest));
                return static_cast<std::uint64_t>(from + (to - from) * (wanted - below) / inside);
            }
            below += inside;
        }
        return 0;
    }

private:
    std::array<Bucket, Buckets> m_buckets{};
    std::uint64_t m_total = 0;
    std::uint64_t m_smallest = 0;
    std::uint64_t m_largest = 0;
};

} // namespace pushscope
