#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/capture/facts.h"
#include "core/capture/record.h"
#include "core/wire/http/http2frame.h"

#include <cstdint>
#include <optional>

namespace pushscope {

class Capture;

[[nodiscard]] constexpr bool isHttp2Frame(RecordKind kind) noexcept
{
    return kind >= RecordKind::H2Data && kind <= RecordKind::H2Unknown;
}

/// H2Unknown for a type that nobody defined.
[[nodiscard]] RecordKind http2KindOf(Http2FrameType type);

/// A frame parsed again from its bytes, as far as they go.
struct Http2FrameDetails
{
    Http2FrameHeader header;
    Http2Payload payload; ///< its ranges count from the payload's first byte

    /// Of DATA: how much data it announces, padding left out (RFC 9113 section 6.1).
    [[nodiscard]] std::uint64_t dataBytes() const;
};
/// nullopt when the nine bytes of the header are not there.
[[nodiscard]] std::optional<Http2FrameDetails> http2FrameIn(ByteView origin);
/// Of a frame record, from its first `limit` bytes.
[[nodiscard]] std::optional<Http2FrameDetails> http2FrameOf(const Capture &capture, Seq frame,
                                                            std::uint64_t limit = ~0ull);

/// The field block (RFC 9113 section 4.3) that a HEADERS, PUSH_PROMISE or CONTINUATION frame is a part of.
struct Http2BlockDetails
{
    Seq end;                  ///< the frame that ends it, which has the facts; none while it has not come
    std::uint64_t offset = 0; ///< of this frame's fragment, in the block
    FieldBlockFacts facts;
};
[[nodiscard]] Http2BlockDetails http2BlockOf(const Capture &capture, Seq frame);

} // namespace pushscope
