#pragma once

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

/// A growing list of buckets with rising indexes. Grows in blocks, for a hundred busy lanes would copy all they have at
/// the same moment; an empty list, of which a lane has many, costs nothing.
class LaneBuckets
{
public:
    class Iterator
    {
    public:
        Iterator(const LaneBuckets &buckets, std::size_t place) : m_buckets(&buckets), m_place(place) {}
        const LaneBucket &operator*() const { return (*m_buckets)[m_place]; }
        Iterator &operator++()
        {
            ++m_place;
            return *this;
        }
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        const LaneBuckets *m_buckets;
        std::size_t m_place;
    };

    void append(const LaneBucket &bucket)
    {
        if (m_blocks.empty() || m_blocks.back().size() == BlockSize) {
            m_blocks.emplace_back();
            if (m_blocks.size() > 1) // the first one of many stays small
                m_blocks.back().reserve(BlockSize);
        }
        m_blocks.back().push_back(bucket);
    }
    [[nodiscard]] bool empty() const { return m_blocks.empty(); }
    [[nodiscard]] std::size_t size() const
    {
        return empty() ? 0 : (m_blocks.size() - 1) * BlockSize + m_blocks.back().size();
    }
    [[nodiscard]] const LaneBucket &operator[](std::size_t place) const
    {
        return m_blocks[place / BlockSize][place % BlockSize];
    }
    [[nodiscard]] const LaneBucket &front() const { return m_blocks.front().front(); }
    [[nodiscard]] LaneBucket &back() { return m_blocks.back().back(); }
    [[nodiscard]] Iterator begin() const { return {*this, 0}; }
    [[nodiscard]] Iterator end() const { return {*this, size()}; }
    /// How many buckets at the beginning `holds` is true for; it is for none behind the first for which it is not.
    template <class Holds>
    [[nodiscard]] std::size_t countWhile(const Holds &holds) const
    {
        std::size_t low = 0;
        std::size_t high = size();
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (holds((*this)[middle]))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

private:
    static constexpr std::size_t BlockSize = 256;
    std::vector<std::vector<LaneBucket>> m_blocks; ///< none empty, all full but the last
};

} // namespace pushscope
