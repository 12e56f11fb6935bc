#include "core/capture/trail.h"

#include <QtGlobal>

namespace pushscope {

namespace {

constexpr std::size_t FewPieces = 64; ///< not worth moving the rest for

} // namespace

void Trail::append(std::uint64_t logOffset, std::uint64_t length, Seq carrier, Seq first)
{
    if (length == 0)
        return;
    const std::uint32_t reach = distance(first, carrier);
    if (m_pieces.size() > m_forgotten) {
        Piece &last = m_pieces.back();
        if (last.carrier == carrier && last.reach == reach && last.logOffset + last.length == logOffset) {
            last.length += length;
            m_end += length;
            return;
        }
    }
    m_pieces.push_back({m_end, logOffset, length, carrier, reach});
    m_end += length;
}

void Trail::forget(std::uint64_t before)
{
    m_needed = std::max(m_needed, before);
    while (m_forgotten + 1 < m_pieces.size() && m_pieces[m_forgotten + 1].start <= before)
        ++m_forgotten;
    if (m_forgotten >= FewPieces && m_forgotten * 2 >= m_pieces.size()) {
        m_pieces.erase(m_pieces.begin(), m_pieces.begin() + static_cast<std::ptrdiff_t>(m_forgotten));
        m_forgotten = 0;
    }
}

std::optional<Trail::Place> Trail::oldestNeeded() const
{
    if (m_needed >= m_end)
        return std::nullopt;
    // A scattered range need not lie in the order of the log: all its pieces count.
    const auto first = pieceAt(m_needed);
    Place oldest{first->logOffset + (m_needed - first->start), first->carrier};
    for (auto piece = first + 1; piece != m_pieces.end(); ++piece) {
        oldest.logOffset = std::min(oldest.logOffset, piece->logOffset);
        oldest.carrier = std::min(oldest.carrier, piece->carrier);
    }
    return oldest;
}

Trail::Pieces::const_iterator Trail::pieceAt(std::uint64_t offset) const
{
    const auto first = m_pieces.begin() + static_cast<std::ptrdiff_t>(m_forgotten);
    const auto behind = std::upper_bound(first, m_pieces.end(), offset,
                                         [](std::uint64_t value, const Piece &piece) { return value < piece.start; });
    Q_ASSERT(behind != first || first == m_pieces.end()); // else it was forgotten too early
    return behind == first ? first : behind - 1;
}

/// Calls take(logOffset, length) for each stretch of the range that lies together in the log, across pieces; returns
/// the last piece that it touched.
template <class Take>
Trail::Pieces::const_iterator Trail::forEachRun(ByteRange range, Take take) const
{
    auto piece = pieceAt(range.begin);
    auto last = piece;
    std::uint64_t runOffset = 0;
    std::uint64_t runLength = 0;
    for (; piece != m_pieces.end() && piece->start < range.end; ++piece) {
        const std::uint64_t begin = std::max(range.begin, piece->start);
        const std::uint64_t end = std::min(range.end, piece->start + piece->length);
        if (begin >= end)
            continue;
        last = piece;
        const std::uint64_t offset = piece->logOffset + (begin - piece->start);
        if (runLength > 0 && runOffset + runLength == offset) {
            runLength += end - begin;
            continue;
        }
        if (runLength > 0)
            take(runOffset, runLength);
        runOffset = offset;
        runLength = end - begin;
    }
    if (runLength > 0)
        take(runOffset, runLength);
    return last;
}

void Trail::locateAcross(ByteRange range, Record &record, CaptureWriter &writer) const
{
    record.originLength = saturated(range.size());
    std::uint64_t runs = 0;
    std::uint64_t firstOffset = 0;
    const auto last = forEachRun(range, [&](std::uint64_t offset, std::uint64_t) {
        if (runs++ == 0)
            firstOffset = offset;
    });
    const bool arrived = range.begin < m_end && last != m_pieces.end();
    record.carrierFirst = 0;
    if (arrived) {
        const auto first = pieceAt(range.begin);
        record.carrierFirst = distance(first->carrier, writer.nextSeq()) + first->reach;
    }
    record.carrierLast = arrived ? distance(last->carrier, writer.nextSeq()) : 0;
    if (runs <= 1 && range.end <= m_end) {
        record.flags &= static_cast<std::uint16_t>(~RecordFlag::Scattered);
        record.origin = firstOffset;
        return;
    }
    record.flags |= RecordFlag::Scattered;
    record.origin = writer.nextExtent();
    grow(writer.nextSeq(), range, writer);
}

void Trail::grow(Seq owner, ByteRange range, CaptureWriter &writer) const
{
    forEachRun(range, [&](std::uint64_t offset, std::uint64_t length) {
        // A piece longer than an extent can say can't come from a socket read, but from a caller's merged ones.
        while (length > 0) {
            const std::uint32_t part = saturated(length);
            writer.appendExtent({.owner = owner.value, .offset = offset, .length = part});
            offset += part;
            length -= part;
        }
    });
}

Seq Trail::carrierAt(std::uint64_t offset) const
{
    if (offset >= m_end || m_pieces.empty())
        return Seq();
    return pieceAt(offset)->carrier;
}

} // namespace pushscope
