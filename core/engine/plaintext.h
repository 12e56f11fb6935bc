#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"

#include <cstdint>

namespace pushscope {

/// A stretch of a connection's plaintext in one direction, and where it lies in the byte log. The view is into the log:
/// it stays valid as long as the capture does.
struct Plaintext
{
    ByteView bytes;
    std::uint64_t logOffset = 0;
    Seq carrier; ///< the tcp.read or tcp.write
};

} // namespace pushscope
