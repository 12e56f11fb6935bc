#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <vector>

namespace pushscope {

/// Where the bytes of a field block (RFC 9113 section 4.3) lie in an origin that is one of its frames, or all of them
/// one behind the other.
class BlockMap
{
public:
    /// `offset`: of the first frame's fragment, in the block.
    BlockMap(ByteView frames, std::uint64_t offset);

    /// From the range's first byte that is here to its last, over what stands between two fragments; empty when none
    /// is here.
    [[nodiscard]] ByteRange inOrigin(const ByteRange &inBlock) const;

private:
    struct Fragment
    {
        std::uint64_t offset; ///< in the block
        ByteRange range;      ///< in the origin
    };
    std::vector<Fragment> m_fragments;
};

} // namespace pushscope
