#include "core/capture/segmentedlog.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace pushscope {

namespace {

constexpr std::size_t PageBytes = 4096;
// Anonymous pages that nobody writes to cost nothing: they are all the same page of zeros. Where assertions are on,
// whoever still looks at them is found out.
#ifdef NDEBUG
constexpr int ReleasedAccess = PROT_READ;
#else
constexpr int ReleasedAccess = PROT_NONE;
#endif

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

std::string size(std::size_t bytes)
{
    return bytes % (1024 * 1024) == 0 ? std::to_string(bytes / (1024 * 1024)) + " MiB"
                                      : std::to_string((bytes + 1023) / 1024) + " KiB";
}

std::string because(int error)
{
    return std::generic_category().message(error);
}

Error noRoom(const std::filesystem::path &path, std::size_t bytes, int error)
{
    if (path.empty())
        return {ErrorCode::DiskFull, "no memory for another " + size(bytes) + " of the capture: " + because(error)};
    return {ErrorCode::DiskFull, "no room for another " + size(bytes) + " of the capture in " +
                                     path.parent_path().string() + ": " + because(error)};
}

bool meansFull(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

/// posix_fallocate and not ftruncate: a hole on a full disk would kill the process when it is written to.
int allocate(int fd, std::size_t bytes)
{
    int error = 0;
    do
        error = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes));
    while (error == EINTR);
    return error;
}

} // namespace

Expected<char *, Error> mapNewFile(const std::filesystem::path &path, std::size_t bytes)
{
    if (path.empty()) {
        void *memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            return noRoom(path, bytes, errno);
        return static_cast<char *>(memory);
    }
    const Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.isOpen()) {
        if (meansFull(errno))
            return noRoom(path, bytes, errno);
        return Error{ErrorCode::FileUnwritable, "could not make " + path.string() + ": " + because(errno)};
    }
    if (const int error = allocate(file.get(), bytes); error != 0) {
        ::unlink(path.c_str());
        if (meansFull(error))
            return noRoom(path, bytes, error);
        return Error{ErrorCode::FileUnwritable, "could not allocate " + path.string() + ": " + because(error)};
    }
    void *memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    if (memory == MAP_FAILED) {
        const int error = errno;
        ::unlink(path.c_str());
        return noRoom({}, bytes, error);
    }
    return static_cast<char *>(memory);
}

Expected<char *, Error> mapExistingFile(const std::filesystem::path &path, std::size_t bytes, std::size_t needed)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen())
        return Error{ErrorCode::FileUnreadable, "could not open " + path.string() + ": " + because(errno)};
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0 || status.st_size < 0 || static_cast<std::uint64_t>(status.st_size) < needed)
        return Error{ErrorCode::FileUnreadable, path.string() + " is shorter than the capture says"};
    void *memory = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.get(), 0);
    if (memory == MAP_FAILED)
        return Error{ErrorCode::FileUnreadable, "could not map " + path.string() + ": " + because(errno)};
    return static_cast<char *>(memory);
}

void unmapFile(char *address, std::size_t bytes)
{
    if (address != nullptr)
        ::munmap(address, bytes);
}

SegmentedLog::SegmentedLog(std::filesystem::path folder, Shape shape)
    : m_folder(std::move(folder)), m_shape(std::move(shape)),
      m_shift(static_cast<unsigned>(std::countr_zero(m_shape.entriesPerSegment))),
      m_mask(m_shape.entriesPerSegment - 1), m_directory(std::make_unique<std::atomic<char *>[]>(MostSegments))
{
}

SegmentedLog::~SegmentedLog()
{
    unmap();
}

std::filesystem::path SegmentedLog::path(std::size_t segment) const
{
    if (m_folder.empty())
        return {};
    char number[16];
    std::snprintf(number, sizeof number, ".%05zu", segment);
    return m_folder / (m_shape.name + number);
}

Expected<char *, Error> SegmentedLog::make(std::size_t segment) const
{
    if (segment >= MostSegments)
        return Error{ErrorCode::DiskFull, "the capture is full: it holds at most " + std::to_string(MostSegments) +
                                              " segments of " + m_shape.name};
    return mapNewFile(path(segment), segmentBytes());
}

Expected<char *, Error> SegmentedLog::grow()
{
    if (m_next.valid()) {
        auto prepared = m_next.get();
        if (prepared) {
            m_directory[m_segments++].store(*prepared, std::memory_order_relaxed);
            return prepared;
        }
        // Room may have been made since then: asked again below.
    }
    auto made = make(m_segments);
    if (made)
        m_directory[m_segments++].store(*made, std::memory_order_relaxed);
    return made;
}

void SegmentedLog::prepareNext()
{
    if (m_next.valid() || m_segments >= MostSegments)
        return;
    try {
        m_next = std::async(std::launch::async, [this, segment = m_segments] {
            auto made = make(segment);
            if (made)
                for (std::size_t page = 0; page < segmentBytes(); page += PageBytes)
                    static_cast<volatile char *>(*made)[page] = 0;
            return made;
        });
    } catch (const std::system_error &) {
        // No thread to be had: grow() makes the segment itself.
    }
}

void SegmentedLog::release(std::uint64_t before)
{
    for (std::uint64_t segment = m_released.load(std::memory_order_relaxed) >> m_shift; segment < before >> m_shift;
         ++segment) {
        void *const address = m_directory[segment].load(std::memory_order_relaxed);
        if (::mmap(address, segmentBytes(), ReleasedAccess, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1,
                   0) == MAP_FAILED)
            return; // kept: tried again with the next
        m_released.store((segment + 1) << m_shift, std::memory_order_relaxed);
        std::error_code ignored;
        if (!m_folder.empty())
            std::filesystem::remove(path(segment), ignored);
    }
    m_released.store(std::max(before, m_released.load(std::memory_order_relaxed)), std::memory_order_relaxed);
}

Expected<void, Error> SegmentedLog::open(std::uint64_t entries)
{
    const std::uint64_t segments = (entries + m_mask) >> m_shift;
    if (segments > MostSegments)
        return Error{ErrorCode::FileUnreadable,
                     "the capture in " + m_folder.string() + " claims more than a capture can hold"};
    for (std::uint64_t segment = 0; segment < segments; ++segment) {
        const std::uint64_t inside = std::min<std::uint64_t>(entries - (segment << m_shift), m_shape.entriesPerSegment);
        auto mapped = mapExistingFile(path(segment), segmentBytes(), inside * m_shape.entrySize);
        if (!mapped)
            return mapped.error();
        m_directory[m_segments++].store(*mapped, std::memory_order_relaxed);
    }
    return {};
}

void SegmentedLog::close(std::uint64_t entries)
{
    if (m_next.valid()) {
        if (const auto prepared = m_next.get())
            m_directory[m_segments++].store(*prepared, std::memory_order_relaxed);
    }
    const std::size_t segments = m_segments;
    unmap();
    if (m_folder.empty())
        return;
    const std::uint64_t used = (entries + m_mask) >> m_shift;
    std::error_code ignored; // what can't be freed stays: the capture is readable all the same
    for (std::uint64_t segment = used; segment < segments; ++segment)
        std::filesystem::remove(path(segment), ignored);
    if (const std::uint64_t inside = entries & m_mask; inside != 0)
        std::filesystem::resize_file(path(used - 1), inside * m_shape.entrySize, ignored);
}

void SegmentedLog::unmap()
{
    if (m_next.valid()) {
        if (const auto prepared = m_next.get())
            unmapFile(*prepared, segmentBytes());
    }
    for (; m_segments > 0; --m_segments)
        unmapFile(m_directory[m_segments - 1].exchange(nullptr, std::memory_order_relaxed), segmentBytes());
}

} // namespace pushscope
