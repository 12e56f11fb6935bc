#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/capture/record.h"
#include "core/capture/releasemarks.h"
#include "core/capture/segmentedlog.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

namespace pushscope {

/// The first page of a capture, in a file of its own so that it outlives the process: what readers need to know and the
/// counts that the writer publishes. Everything below the counts is complete.
struct CaptureHeader
{
    static constexpr char Magic[16] = "pushscope log 1";
    static constexpr std::size_t FailureBytes = 2048;

    char magic[16];
    std::uint32_t recordSize;
    std::uint32_t byteSegmentBytes;
    std::int64_t wallStart;
    std::int64_t monotonicStart;
    // Readers load `records` first: what a record refers to was stored before it.
    alignas(64) std::atomic<std::uint64_t> records;
    std::atomic<std::uint64_t> findings;
    std::atomic<std::uint64_t> extents;
    std::atomic<std::uint64_t> bytes;
    alignas(64) std::atomic<std::uint32_t> failureCode; ///< ErrorCode, set after its text
    std::uint32_t failureLength;
    char failureText[FailureBytes];
};
static_assert(sizeof(CaptureHeader) <= 4096);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

/// The files of a capture: header and four logs. What Capture reads and CaptureWriter writes.
class CaptureLogs
{
public:
    /// In a new folder below `parent` (0700); in memory when it is empty.
    static Expected<std::unique_ptr<CaptureLogs>, Error> create(const std::filesystem::path &parent,
                                                                const Clock &clock);
    static Expected<std::unique_ptr<CaptureLogs>, Error> open(const std::filesystem::path &folder);
    CaptureLogs(const CaptureLogs &) = delete;
    CaptureLogs &operator=(const CaptureLogs &) = delete;
    /// Gives unused blocks back to the disk.
    ~CaptureLogs();

    std::filesystem::path folder;
    std::uint64_t byteLimit = 0;
    SegmentedLog records;
    SegmentedLog bytes;
    SegmentedLog extents;
    SegmentedLog findings;
    CaptureHeader *header = nullptr; ///< a copy of the file's in a capture that was opened
    std::atomic<bool> isReleasing = false;
    std::mutex releaseLock; ///< of the mark: taken once for thousands of records
    std::optional<ReleaseMark> releaseMark;

private:
    explicit CaptureLogs(std::filesystem::path where);
    bool m_writable = false;
};

} // namespace pushscope
