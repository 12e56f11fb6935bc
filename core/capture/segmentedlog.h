#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"

#include <QtGlobal>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <future>
#include <memory>
#include <string>

namespace pushscope {

/// A growing array of fixed-size entries in segments that never move, so that a reader may keep addresses for ever. One
/// thread grows it; any thread may read an entry once its count was published to it (see Capture::counts). A segment is
/// a file of the capture's folder, whose blocks are allocated before it is mapped: a full disk is an Error here and
/// never a SIGBUS later. Without a folder the segments are anonymous memory.
class SegmentedLog
{
public:
    struct Shape
    {
        std::string name; ///< of the files
        std::size_t entrySize = 1;
        std::size_t entriesPerSegment = 0; ///< a power of two; a segment is a whole number of pages
    };
    static constexpr std::size_t MostSegments = 16384;

    SegmentedLog(std::filesystem::path folder, Shape shape);
    SegmentedLog(const SegmentedLog &) = delete;
    SegmentedLog &operator=(const SegmentedLog &) = delete;
    ~SegmentedLog();

    [[nodiscard]] const char *at(std::uint64_t index) const noexcept
    {
        Q_ASSERT(index >= m_released.load(std::memory_order_relaxed));
        // Relaxed: the count that makes the index readable was published after the directory's entry.
        return m_directory[index >> m_shift].load(std::memory_order_relaxed) + (index & m_mask) * m_shape.entrySize;
    }
    /// How many entries lie together from an index on, that one included.
    [[nodiscard]] std::uint64_t roomBehind(std::uint64_t index) const noexcept { return m_mask + 1 - (index & m_mask); }
    [[nodiscard]] std::size_t entriesPerSegment() const noexcept { return m_shape.entriesPerSegment; }
    [[nodiscard]] std::size_t segmentBytes() const noexcept { return m_shape.entriesPerSegment * m_shape.entrySize; }

    /// The writer's: one more segment, zeroed; returns its address.
    Expected<char *, Error> grow();
    /// The writer's: starts making the next segment on another thread, pages touched, so that grow() and the first
    /// writes are quick: the first touch of a page of a file costs microseconds. A failure shows in grow() if the
    /// segment is needed.
    void prepareNext();

    /// Gives the segments that lie whole before an index back to the system, their files too; their addresses stay
    /// taken. One thread at a time, which need not be the writer's. Nobody may read below `before` any more, whether
    /// its segment went or not.
    void release(std::uint64_t before);

    /// Maps what holds `entries`, read-only: for a capture that another process left behind.
    Expected<void, Error> open(std::uint64_t entries);
    /// Unmaps everything and frees what lies behind `entries` on disk. No reader may be left.
    void close(std::uint64_t entries);

private:
    [[nodiscard]] std::filesystem::path path(std::size_t segment) const;
    [[nodiscard]] Expected<char *, Error> make(std::size_t segment) const;
    void unmap();

    std::filesystem::path m_folder;
    Shape m_shape;
    unsigned m_shift;
    std::uint64_t m_mask;
    std::unique_ptr<std::atomic<char *>[]> m_directory;
    std::size_t m_segments = 0;
    std::atomic<std::uint64_t> m_released = 0; ///< entries; not all of their segments went
    std::future<Expected<char *, Error>> m_next;
};

/// Blocks of a file, or memory when the path is empty, mapped for reading and writing; DiskFull with words when there
/// is no room.
[[nodiscard]] Expected<char *, Error> mapNewFile(const std::filesystem::path &path, std::size_t bytes);
/// An existing file of at least `needed` bytes, mapped read-only over `bytes`.
[[nodiscard]] Expected<char *, Error> mapExistingFile(const std::filesystem::path &path, std::size_t bytes,
                                                      std::size_t needed);
void unmapFile(char *address, std::size_t bytes);

} // namespace pushscope
