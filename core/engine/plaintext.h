#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"

#include <cstdint>

namespace pushscope {

/// A stretch of a connection's plaintext in one direction, and where it lies in the byte log. The view is into the log
/// and good for as long as the read is worked on.
struct Plaintext
{
    ByteView bytes;
    std::uint64_t logOffset = 0;
    Seq carrier; ///< the tcp.read or tcp.write
};

} // namespace pushscope
