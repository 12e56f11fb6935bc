#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/wire/http/httphead.h"

#include <cstdint>

namespace pushscope {

class Capture;

/// The head of a request or answer record, or the fields of a trailers record, parsed again; empty when its bytes are
/// no head.
[[nodiscard]] HttpHead httpHeadOf(const Capture &capture, Seq seq);

/// A chunk-size line (RFC 9112 section 7.1).
struct ChunkDetails
{
    std::uint64_t length = 0;
    ByteRange size;      ///< its digits, in the origin
    ByteRange extension; ///< without the leading ";", in the origin
};
[[nodiscard]] ChunkDetails chunkDetailsOf(ByteView origin);

} // namespace pushscope
