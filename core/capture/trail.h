#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/capture/capturewriter.h"
#include "core/capture/record.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace pushscope {

/// Where the bytes of one logical stream (a connection's plaintext, a body, a decoded body, a tunnel) lie in the byte
/// log, and which record carried each stretch. The writer's side of the links between layers: a storey above counts
/// offsets in its own input; the trail turns them into an origin (contiguous or scattered) and carriers. Remembers only
/// what may still be asked for.
class Trail
{
public:
    /// The next `length` bytes of the stream lie at `logOffset`; `carrier` brought them.
    void append(std::uint64_t logOffset, std::uint64_t length, Seq carrier)
    {
        append(logOffset, length, carrier, carrier);
    }
    /// The same of bytes that were made of what the records from `first` to `carrier` brought.
    void append(std::uint64_t logOffset, std::uint64_t length, Seq carrier, Seq first);
    /// Forgets what lies before a stream offset (in whole pieces; the last one stays).
    void forget(std::uint64_t before);
    [[nodiscard]] std::uint64_t end() const noexcept { return m_end; }
    struct Place
    {
        std::uint64_t logOffset;
        Seq carrier;
    };
    /// Where the oldest byte lies that may still be asked for; nothing when there is none. Exactly, not in whole
    /// pieces.
    [[nodiscard]] std::optional<Place> oldestNeeded() const;

    /// Fills origin, originLength, the Scattered flag, carrierFirst and carrierLast of a record that will be appended
    /// next (its place is writer.nextSeq()) for a range of the stream; scattered ranges append their extents to the
    /// writer, owned by that place. A range may reach beyond end(): then the record is made scattered, with its whole
    /// length and the carriers of what is here, and later pieces follow by grow().
    void locate(ByteRange range, Record &record, CaptureWriter &writer) const
    {
        if (m_pieces.empty() || range.begin < m_pieces.back().start || range.end > m_end) {
            locateAcross(range, record, writer);
            return;
        }
        const Piece &last = m_pieces.back();
        record.origin = last.logOffset + (range.begin - last.start);
        record.originLength = saturated(range.size());
        record.flags &= static_cast<std::uint16_t>(~RecordFlag::Scattered);
        record.carrierLast = distance(last.carrier, writer.nextSeq());
        record.carrierFirst = record.carrierLast + last.reach;
    }
    /// More bytes of a record located earlier with a range that had not arrived whole: appends extents owned by
    /// `owner`.
    void grow(Seq owner, ByteRange range, CaptureWriter &writer) const;
    /// Which record carried the byte at an offset; invalid for one that is not here.
    [[nodiscard]] Seq carrierAt(std::uint64_t offset) const;
    /// How far back in sequence a record's carrier is, as carrierFirst and carrierLast say it; 0: there is none.
    [[nodiscard]] static std::uint32_t distance(Seq carrier, Seq carried)
    {
        return carrier.isValid() && carrier < carried ? saturated(carried.value - carrier.value) : 0;
    }

private:
    struct Piece
    {
        std::uint64_t start;
        std::uint64_t logOffset;
        std::uint64_t length;
        Seq carrier;
        std::uint32_t reach; ///< how far before the carrier the first is that brought some of it
    };
    using Pieces = std::vector<Piece>;

    static std::uint32_t saturated(std::uint64_t number)
    {
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, std::numeric_limits<std::uint32_t>::max()));
    }
    void locateAcross(ByteRange range, Record &record, CaptureWriter &writer) const;
    [[nodiscard]] Pieces::const_iterator pieceAt(std::uint64_t offset) const;
    template <class Take>
    Pieces::const_iterator forEachRun(ByteRange range, Take take) const;

    Pieces m_pieces;
    std::size_t m_forgotten = 0; ///< pieces at the front that nobody may ask for any more
    std::uint64_t m_needed = 0;  ///< from this stream offset on; forget() moves it
    std::uint64_t m_end = 0;
};

} // namespace pushscope
