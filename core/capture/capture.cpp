#include "core/capture/capture.h"

#include "core/capture/capturelogs.h"

#include <algorithm>

namespace pushscope {

namespace {

/// Calls take(offset, length) for each piece of a record's origin that was published, in order, until it returns false.
template <class Take>
void forEachPiece(const Capture &capture, Seq seq, Take take)
{
    const Record &record = capture.record(seq);
    if (!record.has(RecordFlag::Scattered)) {
        take(record.origin, record.originLength);
        return;
    }
    const std::uint64_t extents = capture.counts().extents;
    std::uint64_t missing = record.originLength;
    for (std::uint64_t index = record.origin; index < extents && missing > 0; ++index) {
        const Extent &extent = capture.extent(index);
        if (extent.owner != seq.value)
            continue;
        const std::uint64_t length = std::min<std::uint64_t>(extent.length, missing);
        if (!take(extent.offset, length))
            return;
        missing -= length;
    }
}

/// A field block goes on in CONTINUATION frames (RFC 9113 section 6.10).
bool isSameKind(RecordKind candidate, RecordKind first)
{
    const bool beginsBlock = first == RecordKind::H2Headers || first == RecordKind::H2PushPromise;
    return candidate == first || (beginsBlock && candidate == RecordKind::H2Continuation);
}

} // namespace

Capture::Capture(std::unique_ptr<CaptureLogs> logs) : m_logs(std::move(logs)) {}

Capture::~Capture() = default;

Expected<std::shared_ptr<Capture>, Error> Capture::create(const Options &options, const Clock &clock)
{
    auto logs = CaptureLogs::create(options.parent, clock);
    if (!logs)
        return logs.error();
    (*logs)->byteLimit = options.byteLimit;
    return std::shared_ptr<Capture>(new Capture(std::move(*logs)));
}

Expected<std::shared_ptr<Capture>, Error> Capture::open(const std::filesystem::path &folder)
{
    auto logs = CaptureLogs::open(folder);
    if (!logs)
        return logs.error();
    return std::shared_ptr<Capture>(new Capture(std::move(*logs)));
}

Capture::Counts Capture::counts() const noexcept
{
    const CaptureHeader &header = *m_logs->header;
    Counts counts;
    counts.records = header.records.load(std::memory_order_acquire); // first: see CaptureHeader
    counts.findings = header.findings.load(std::memory_order_acquire);
    counts.extents = header.extents.load(std::memory_order_acquire);
    counts.bytes = header.bytes.load(std::memory_order_acquire);
    return counts;
}

const Record &Capture::record(Seq seq) const noexcept
{
    return *reinterpret_cast<const Record *>(m_logs->records.at(seq.value - 1));
}

std::span<const Record> Capture::records(Seq first, Seq last) const noexcept
{
    if (first > last)
        return {};
    const std::uint64_t wanted = last.value - first.value + 1;
    return {&record(first), std::min<std::uint64_t>(wanted, m_logs->records.roomBehind(first.value - 1))};
}

const Extent &Capture::extent(std::uint64_t index) const noexcept
{
    return *reinterpret_cast<const Extent *>(m_logs->extents.at(index));
}

const FindingEntry &Capture::finding(std::uint64_t index) const noexcept
{
    return *reinterpret_cast<const FindingEntry *>(m_logs->findings.at(index));
}

ByteView Capture::bytesAt(std::uint64_t offset, std::uint64_t length) const noexcept
{
    const std::uint64_t published = m_logs->header->bytes.load(std::memory_order_acquire);
    if (length == 0 || offset >= published)
        return {}; // a record without bytes has them at 0, where none may be any more
    return {m_logs->bytes.at(offset), std::min({length, published - offset, m_logs->bytes.roomBehind(offset)})};
}

ByteView Capture::rangeView(std::uint64_t offset, std::uint64_t length, Bytes &scratch) const
{
    const ByteView first = bytesAt(offset, length);
    if (first.size() == length || first.empty())
        return first;
    scratch.assign(first);
    while (scratch.size() < length) {
        const ByteView more = bytesAt(offset + scratch.size(), length - scratch.size());
        if (more.empty())
            break;
        scratch.append(more);
    }
    return scratch;
}

ByteView Capture::originView(Seq seq, Bytes &scratch, std::uint64_t limit, std::uint64_t skip) const
{
    const Record &record = this->record(seq);
    if (!record.has(RecordFlag::Scattered)) {
        const std::uint64_t skipped = std::min<std::uint64_t>(skip, record.originLength);
        return rangeView(record.origin + skipped, std::min(limit, record.originLength - skipped), scratch);
    }
    scratch = origin(seq, limit, skip);
    return scratch;
}

ByteView Capture::derivedView(Seq seq, Bytes &scratch) const
{
    const Record &record = this->record(seq);
    return rangeView(record.derived, record.derivedLength, scratch);
}

std::vector<ByteView> Capture::originPieces(Seq seq) const
{
    std::vector<ByteView> pieces;
    forEachPiece(*this, seq, [&](std::uint64_t offset, std::uint64_t length) {
        while (length > 0) {
            const ByteView piece = bytesAt(offset, length);
            if (piece.empty())
                return false;
            pieces.push_back(piece);
            offset += piece.size();
            length -= piece.size();
        }
        return true;
    });
    return pieces;
}

Bytes Capture::origin(Seq seq, std::uint64_t limit, std::uint64_t skip) const
{
    Bytes result;
    forEachPiece(*this, seq, [&](std::uint64_t offset, std::uint64_t length) {
        const std::uint64_t skipped = std::min(skip, length);
        skip -= skipped;
        offset += skipped;
        length = std::min(length - skipped, limit - result.size());
        while (length > 0) {
            const ByteView piece = bytesAt(offset, length);
            if (piece.empty())
                return false;
            result.append(piece);
            offset += piece.size();
            length -= piece.size();
        }
        return result.size() < limit;
    });
    return result;
}

ByteView Capture::originStart(Seq seq) const
{
    ByteView start;
    forEachPiece(*this, seq, [&](std::uint64_t offset, std::uint64_t length) {
        start = bytesAt(offset, length);
        return false;
    });
    return start;
}

std::uint64_t Capture::originArrived(Seq seq) const
{
    const std::uint64_t published = counts().bytes;
    std::uint64_t arrived = 0;
    forEachPiece(*this, seq, [&](std::uint64_t offset, std::uint64_t length) {
        const std::uint64_t here = std::min(length, published - std::min(published, offset));
        arrived += here;
        return here == length;
    });
    return arrived;
}

Bytes Capture::derived(Seq seq, std::uint64_t limit) const
{
    const Record &record = this->record(seq);
    Bytes scratch;
    return Bytes(rangeView(record.derived, std::min<std::uint64_t>(record.derivedLength, limit), scratch));
}

std::vector<Seq> Capture::carriers(Seq seq) const
{
    std::vector<Seq> result;
    const Record &record = this->record(seq);
    if (record.carrierFirst == 0 || record.carrierFirst >= seq.value || record.carrierLast > record.carrierFirst)
        return result;
    const Seq firstSeq(seq.value - record.carrierFirst);
    const Record &first = this->record(firstSeq);
    for (Seq at = firstSeq; at.value <= seq.value - record.carrierLast && at < seq; ++at.value) {
        const Record &candidate = this->record(at);
        if (isSameKind(candidate.kind, first.kind) && candidate.connection == first.connection &&
            candidate.stream == first.stream && candidate.direction == first.direction)
            result.push_back(at);
    }
    return result;
}

std::vector<std::uint64_t> Capture::findingsOf(Seq seq) const
{
    std::vector<std::uint64_t> result;
    const std::uint64_t findings = counts().findings;
    for (std::uint64_t index = 0; index < findings; ++index) {
        if (finding(index).of == seq.value)
            result.push_back(index);
    }
    return result;
}

std::int64_t Capture::wallStart() const noexcept
{
    return m_logs->header->wallStart;
}

Stamp Capture::monotonicStart() const noexcept
{
    return Stamp{m_logs->header->monotonicStart};
}

const std::filesystem::path &Capture::folder() const noexcept
{
    return m_logs->folder;
}

std::optional<Error> Capture::failure() const
{
    const CaptureHeader &header = *m_logs->header;
    const auto code = static_cast<ErrorCode>(header.failureCode.load(std::memory_order_acquire));
    if (code == ErrorCode::None)
        return std::nullopt;
    return Error{code, std::string(header.failureText,
                                   std::min<std::size_t>(header.failureLength, CaptureHeader::FailureBytes))};
}

} // namespace pushscope
