#pragma once

#include "core/base/ids.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace pushscope {

/// A growing, ascending list of record numbers, 4 bytes each. Grows in blocks: an append never copies what is there, so
/// no frame is held up.
class SeqList
{
public:
    void append(Seq seq)
    {
        if (m_size % BlockSize == 0)
            m_blocks.push_back({seq.value, std::make_unique<Block>()});
        Part &part = m_blocks.back();
        (*part.distances)[m_size % BlockSize] = std::uint32_t(seq.value - part.first);
        ++m_size;
    }
    [[nodiscard]] Seq at(std::uint64_t index) const
    {
        const Part &part = m_blocks[index / BlockSize];
        return Seq(part.first + (*part.distances)[index % BlockSize]);
    }
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// The index of the first entry that is not below `seq`.
    [[nodiscard]] std::uint64_t lowerBound(Seq seq) const
    {
        std::uint64_t low = 0;
        std::uint64_t high = m_size;
        while (low < high) {
            const std::uint64_t middle = low + (high - low) / 2;
            if (at(middle) < seq)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
    void clear()
    {
        m_blocks.clear();
        m_size = 0;
    }

private:
    static constexpr std::uint64_t BlockSize = 16 * 1024;
    using Block = std::array<std::uint32_t, BlockSize>;
    struct Part
    {
        std::uint64_t first;
        std::unique_ptr<Block> distances;
    };
    std::vector<Part> m_blocks;
    std::uint64_t m_size = 0;
};

} // namespace pushscope
