#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/ids.h"
#include "core/capture/record.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace pushscope {

class CaptureLogs;

/// What was seen, kept: four append-only logs in files of its own folder (records, bytes, extents, findings) that one
/// thread writes and any thread reads without locks. A reader takes counts() and may read all below it for ever;
/// addresses never move. Only a headless recording lets go of what it has written out: see CaptureWriter::release().
class Capture
{
public:
    struct Options
    {
        /// Where the capture's folder is made (mode 0700, files 0600). Empty: anonymous memory-backed files that go
        /// with the process.
        std::filesystem::path parent;
        std::uint64_t byteLimit =
            0; ///< of the byte log; 0: none. Beyond it the writer fails with DiskFull and words that say so
    };
    struct Counts
    {
        std::uint64_t records = 0;
        std::uint64_t extents = 0;
        std::uint64_t findings = 0;
        std::uint64_t bytes = 0;
    };

    static Expected<std::shared_ptr<Capture>, Error> create(const Options &options, const Clock &clock);
    /// Opens what a killed process left behind, read-only: everything below the last published counts. FileUnreadable
    /// when some of it had been let go of, as a headless recording does (see CaptureWriter::release()).
    static Expected<std::shared_ptr<Capture>, Error> open(const std::filesystem::path &folder);
    ~Capture();

    /// Published counts (acquire). Any thread.
    [[nodiscard]] Counts counts() const noexcept;

    /// Valid for 1 <= seq <= counts().records.
    [[nodiscard]] const Record &record(Seq seq) const noexcept;
    /// The records from `first` up to `last`, as many as lie in one segment: call again for the rest. Empty behind
    /// `last`.
    [[nodiscard]] std::span<const Record> records(Seq first, Seq last) const noexcept;
    [[nodiscard]] const Extent &extent(std::uint64_t index) const noexcept;
    [[nodiscard]] const FindingEntry &finding(std::uint64_t index) const noexcept;
    /// The bytes at an offset, as many of `length` as lie in one segment: loop for the rest.
    [[nodiscard]] ByteView bytesAt(std::uint64_t offset, std::uint64_t length) const noexcept;

    /// A record's origin in one piece, up to `limit` bytes from `skip` on: a view into the log where the bytes lie
    /// together (nearly always), of `scratch` where they had to be copied. What has not arrived yet is missing at the
    /// end.
    [[nodiscard]] ByteView originView(Seq seq, Bytes &scratch, std::uint64_t limit = ~0ull,
                                      std::uint64_t skip = 0) const;
    /// The same for the derived range.
    [[nodiscard]] ByteView derivedView(Seq seq, Bytes &scratch) const;
    /// A record's origin as views into the log, in order; what has not arrived yet is missing at the end.
    [[nodiscard]] std::vector<ByteView> originPieces(Seq seq) const;
    /// The first of these views, found without looking for the others.
    [[nodiscard]] ByteView originStart(Seq seq) const;
    /// How many bytes of a record's origin have arrived, counted from its extents without looking at the bytes.
    [[nodiscard]] std::uint64_t originArrived(Seq seq) const;
    /// The same, copied together, up to `limit` bytes, from `skip` on.
    [[nodiscard]] Bytes origin(Seq seq, std::uint64_t limit = ~0ull, std::uint64_t skip = 0) const;
    [[nodiscard]] Bytes derived(Seq seq, std::uint64_t limit = ~0ull) const;
    /// The carriers of a record: of those between carrierFirst and carrierLast the ones of the first's kind (an
    /// h2.continuation continues its h2.headers), connection, stream and direction. A frame that was still coming when
    /// it was recorded knows only those that had come.
    [[nodiscard]] std::vector<Seq> carriers(Seq seq) const;
    /// Findings about a record (looks through the finding log).
    [[nodiscard]] std::vector<std::uint64_t> findingsOf(Seq seq) const;

    /// Wall time at which Record::time is 0, nanoseconds since 1970.
    [[nodiscard]] std::int64_t wallStart() const noexcept;
    [[nodiscard]] Stamp monotonicStart() const noexcept;
    /// The capture's folder, empty when anonymous.
    [[nodiscard]] const std::filesystem::path &folder() const noexcept;
    /// Set by the writer when it had to stop: published like everything else. Any thread.
    [[nodiscard]] std::optional<Error> failure() const;

private:
    friend class CaptureWriter;
    explicit Capture(std::unique_ptr<CaptureLogs> logs);
    [[nodiscard]] ByteView rangeView(std::uint64_t offset, std::uint64_t length, Bytes &scratch) const;
    std::unique_ptr<CaptureLogs> m_logs;
};

} // namespace pushscope
