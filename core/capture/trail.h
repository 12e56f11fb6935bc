#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/capture/record.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace pushscope {

class CaptureWriter;

/// Where the bytes of one logical stream (a connection's plaintext, a body, a decoded body, a tunnel) lie in the byte log, and which
/// record carried each stretch. The writer's side of the links between layers: a storey above counts offsets in its own input; the
/// trail turns them into an origin (contiguous or scattered) and carriers. Remembers only what may still be asked for.
class Trail
{
public:
    /// The next `length` bytes of the stream lie at `logOffset`; `carrier` brought them.
    void append(std::uint64_t logOffset, std::uint64_t length, Seq carrier);
    /// Forgets everything that lies before a stream offset.
    void forget(std::uint64_t before);
    [[nodiscard]] std::uint64_t end() const noexcept { return m_end; }

    /// Fills origin, originLength, flags, carrierFirst and carrierLast of a record that will be appended next (its place is
    /// writer.nextSeq()) for a range of the stream; scattered ranges append their extents to the writer, owned by that place.
    /// A range may reach beyond end(): then the record is made scattered and later pieces follow by grow().
    void locate(ByteRange range, Record &record, CaptureWriter &writer) const;
    /// More bytes of a record located earlier with a range that had not arrived whole: appends extents owned by `owner`.
    void grow(Seq owner, ByteRange range, CaptureWriter &writer) const;
    /// Which record carried the byte at an offset.
    [[nodiscard]] Seq carrierAt(std::uint64_t offset) const;

private:
    struct Piece
    {
        std::uint64_t start;
        std::uint64_t logOffset;
        std::uint64_t length;
        Seq carrier;
    };
    std::deque<Piece> m_pieces;
    std::uint64_t m_end = 0;
};

} // namespace pushscope
