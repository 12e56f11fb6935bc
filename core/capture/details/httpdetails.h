#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/base/target.h"
#include "core/capture/record.h"
#include "core/wire/http/httphead.h"

#include <cstdint>

namespace pushscope {

class Capture;

/// Whether a head's record is of a message over HTTP/2.
[[nodiscard]] constexpr bool isOverHttp2(const Record &head) noexcept
{
    return head.stream != 0;
}

/// The head of a request, answer or push record, or the fields of a trailers record: parsed again, over HTTP/2 put
/// together from the derived fields. Empty when its bytes are no head.
[[nodiscard]] HttpHead httpHeadOf(const Capture &capture, Seq seq);

/// As long as a chunk-size line may be: the limit on heads.
constexpr std::uint64_t LongestChunkLine = Limits().headBytes;

/// A chunk-size line (RFC 9112 section 7.1).
struct ChunkDetails
{
    std::uint64_t length = 0;
    ByteRange size;      ///< its digits, in the origin
    ByteRange extension; ///< without the leading ";", in the origin
};
[[nodiscard]] ChunkDetails chunkDetailsOf(ByteView origin);
/// The beginning of a chunk's record, which is its chunk-size line or as much of it as `limit` allows; a view of
/// `scratch` or of the log. The data behind it may be gigabytes that are still coming, and is left alone.
[[nodiscard]] ByteView chunkLineOf(const Capture &capture, Seq seq, Bytes &scratch,
                                   std::uint64_t limit = LongestChunkLine);

} // namespace pushscope
