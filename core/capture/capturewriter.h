#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/base/ids.h"
#include "core/capture/capture.h"
#include "core/capture/releasemarks.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>

namespace pushscope {

/// The one writer of a capture for all its life, on one thread. Nothing that it appends is visible to readers before
/// publish(). Once a disk is full every append is refused (returns the failed value) and failure() says why; what was
/// appended before stays.
class CaptureWriter
{
public:
    explicit CaptureWriter(std::shared_ptr<Capture> capture);
    CaptureWriter(const CaptureWriter &) = delete;
    CaptureWriter &operator=(const CaptureWriter &) = delete;
    ~CaptureWriter();

    /// Room at the byte log's end, to read from a socket into: contiguous, at least one byte, at most `wanted`; less
    /// than wanted where a segment ends. Empty once failed. Valid until the next commit() or appendBytes(); reserving
    /// again without one gives the same room.
    [[nodiscard]] std::span<char> reserve(std::size_t wanted)
    {
        if (m_byteRoom == 0 && !growBytes())
            return {};
        return {m_byteAt, std::min(wanted, m_byteRoom)};
    }
    /// Keeps the first `size` bytes of the reserved room; returns their offset.
    std::uint64_t commit(std::size_t size)
    {
        const std::uint64_t offset = m_bytes;
        m_byteAt += size;
        m_byteRoom -= size;
        m_bytes += size;
        return offset;
    }
    /// Copies bytes to the log; they may end up in two segments. Returns the offset of the first, or NoOffset once
    /// failed.
    std::uint64_t appendBytes(ByteView bytes)
    {
        if (bytes.size() >= m_byteRoom)
            return appendBytesAcross(bytes);
        if (!bytes.empty())
            std::memcpy(m_byteAt, bytes.data(), bytes.size());
        return commit(bytes.size());
    }
    static constexpr std::uint64_t NoOffset = ~0ull;

    /// Returns the record's place, invalid once failed.
    Seq append(const Record &record)
    {
        if (m_recordAt == m_recordEnd && !growRecords())
            return Seq();
        *m_recordAt++ = record;
        return Seq(++m_records);
    }
    /// Returns the extent's index, or NoOffset once failed.
    std::uint64_t appendExtent(const Extent &extent);
    /// Appends the entry and its own record (which takes session, connection, stream, direction from `of`). `offset` is
    /// in the origin of `of`.
    Seq appendFinding(Seq of, std::int64_t time, Rule rule, std::uint32_t offset, std::uint32_t length,
                      std::int64_t argument);
    /// The place that the next append() will give.
    [[nodiscard]] Seq nextSeq() const noexcept { return Seq(m_records + 1); }
    /// An unpublished or published record, for the writer itself.
    [[nodiscard]] const Record &record(Seq seq) const noexcept;
    /// The number of extents so far: the index that the next appendExtent() gives.
    [[nodiscard]] std::uint64_t nextExtent() const noexcept { return m_extents; }
    /// The number of Findings so far; each has its own record.
    [[nodiscard]] std::uint64_t findings() const noexcept { return m_findings; }

    /// Makes everything appended so far visible (release). No record may be half made: with its extents or derived
    /// bytes in the logs and itself not.
    void publish();

    /// For a capture with one reader that takes the records in order and never looks back, a headless recording: it
    /// took those up to `taken`. Frees the segments that no record behind them refers to: what lies before the oldest
    /// byte that a trail still needs, as the writer knew it at some place that the reader has passed since. After the
    /// first call record(), extent(), finding() and bytesAt() of the capture are for what records behind `taken` are
    /// located at; what `related` names may be gone. The reader's thread.
    static void release(const Capture &capture, Seq taken);

    /// For what is still going to be asked for: see ReleaseMarks::Hold.
    [[nodiscard]] ReleaseMarks &marks() noexcept { return m_marks; }

    [[nodiscard]] const std::optional<Error> &failure() const noexcept { return m_failure; }
    [[nodiscard]] const Capture &capture() const noexcept { return *m_capture; }

private:
    bool growBytes();
    bool growRecords();
    bool growFindings();
    std::uint64_t appendBytesAcross(ByteView bytes);
    void fail(Error error);

    Record *m_recordAt = nullptr;
    Record *m_recordEnd = nullptr; ///< of the room handed out, not always of the segment: see growRecords()
    std::uint64_t m_records = 0;
    char *m_byteAt = nullptr;
    std::size_t m_byteRoom = 0;
    std::uint64_t m_bytes = 0;
    Extent *m_extentAt = nullptr;
    Extent *m_extentEnd = nullptr;
    std::uint64_t m_extents = 0;
    FindingEntry *m_findingAt = nullptr;
    FindingEntry *m_findingEnd = nullptr;
    std::uint64_t m_findings = 0;
    char *m_byteSegmentEnd = nullptr;
    Record *m_recordSegmentEnd = nullptr;
    std::shared_ptr<Capture> m_capture;
    std::optional<Error> m_failure;
    ReleaseMarks m_marks;
};

} // namespace pushscope
