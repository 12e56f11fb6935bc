#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/base/ids.h"
#include "core/capture/capture.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace pushscope {

/// The one writer of a capture; lives on one thread. Nothing that it appends is visible to readers before publish(). Once a disk is full
/// every append is refused (returns the failed value) and failure() says why; what was published stays.
class CaptureWriter
{
public:
    explicit CaptureWriter(std::shared_ptr<Capture> capture);
    ~CaptureWriter();

    /// Room for bytes at the byte log's end, contiguous and page-aligned enough for fast copies: at least one byte, at most `wanted`.
    /// Empty once failed. A second reserve() without commit() gives the same room.
    [[nodiscard]] std::span<char> reserve(std::size_t wanted);
    /// Keeps the first `size` bytes of the reserved room; returns their offset.
    std::uint64_t commit(std::size_t size);
    /// Copies bytes to the log; they may end up in two segments. Returns the offset of the first, or NoOffset once failed.
    std::uint64_t appendBytes(ByteView bytes);
    static constexpr std::uint64_t NoOffset = ~0ull;

    /// Returns the record's place, invalid once failed.
    Seq append(const Record &record);
    /// Returns the extent's index.
    std::uint64_t appendExtent(const Extent &extent);
    /// Appends the entry and its own record (which takes session, connection, stream, direction from `of`). `offset` is in the origin of `of`.
    Seq appendFinding(Seq of, std::int64_t time, Rule rule, std::uint32_t offset, std::uint32_t length, std::int64_t argument);
    /// The place that the next append() will give.
    [[nodiscard]] Seq nextSeq() const noexcept;
    /// An unpublished or published record, for the writer itself.
    [[nodiscard]] const Record &record(Seq seq) const noexcept;
    /// The number of extents so far: the index that the next appendExtent() gives.
    [[nodiscard]] std::uint64_t nextExtent() const noexcept;

    /// Makes everything appended so far visible (release).
    void publish();

    [[nodiscard]] const std::optional<Error> &failure() const noexcept;
    [[nodiscard]] const Capture &capture() const noexcept;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pushscope
