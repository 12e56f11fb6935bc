#include "core/capture/capturelogs.h"

#include "core/base/bytes.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <new>
#include <system_error>

namespace pushscope {

namespace {

constexpr std::size_t HeaderBytes = 4096;
// Large enough that growing is rare, small enough that a small capture costs little disk.
constexpr std::size_t RecordsPerSegment = 65536; // 4 MiB
constexpr std::size_t BytesPerSegment = 8 * 1024 * 1024;
constexpr std::size_t ExtentsPerSegment = 32768; // 768 KiB
constexpr std::size_t FindingsPerSegment = 8192; // 320 KiB

std::string timeOf(std::int64_t wall)
{
    const auto seconds = static_cast<std::time_t>(wall / 1'000'000'000);
    std::tm parts = {};
    gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &parts)};
}

Expected<std::filesystem::path, Error> makeFolder(const std::filesystem::path &parent, std::int64_t wall)
{
    std::error_code failure;
    std::filesystem::create_directories(parent, failure);
    std::string name = (parent / ("capture-" + timeOf(wall) + "-XXXXXX")).string();
    if (failure || ::mkdtemp(name.data()) == nullptr) { // mkdtemp: mode 0700
        if (!failure)
            failure = std::error_code(errno, std::generic_category());
        const ErrorCode code =
            failure == std::errc::no_space_on_device ? ErrorCode::DiskFull : ErrorCode::FileUnwritable;
        return Error{code, "could not make a folder for the capture in " + parent.string() + ": " + failure.message()};
    }
    return std::filesystem::path(name);
}

} // namespace

CaptureLogs::CaptureLogs(std::filesystem::path where)
    : folder(std::move(where)), records(folder, {"records", sizeof(Record), RecordsPerSegment}),
      bytes(folder, {"bytes", 1, BytesPerSegment}), extents(folder, {"extents", sizeof(Extent), ExtentsPerSegment}),
      findings(folder, {"findings", sizeof(FindingEntry), FindingsPerSegment})
{
}

CaptureLogs::~CaptureLogs()
{
    if (m_writable) {
        records.close(header->records.load());
        bytes.close(header->bytes.load());
        extents.close(header->extents.load());
        findings.close(header->findings.load());
    }
    unmapFile(reinterpret_cast<char *>(header), HeaderBytes);
}

Expected<std::unique_ptr<CaptureLogs>, Error> CaptureLogs::create(const std::filesystem::path &parent,
                                                                  const Clock &clock)
{
    const std::int64_t wall = clock.wallTime();
    std::filesystem::path folder;
    if (!parent.empty()) {
        auto made = makeFolder(parent, wall);
        if (!made)
            return made.error();
        folder = *made;
    }
    const auto page = mapNewFile(folder.empty() ? folder : folder / "header", HeaderBytes);
    if (!page) {
        std::error_code ignored;
        std::filesystem::remove(folder, ignored);
        return page.error();
    }
    std::unique_ptr<CaptureLogs> logs(new CaptureLogs(folder));
    logs->header = new (*page) CaptureHeader();
    logs->m_writable = true;
    std::memcpy(logs->header->magic, CaptureHeader::Magic, sizeof CaptureHeader::Magic);
    logs->header->recordSize = sizeof(Record);
    logs->header->byteSegmentBytes = BytesPerSegment;
    logs->header->wallStart = wall;
    logs->header->monotonicStart = clock.now().nanoseconds;
    return logs;
}

Expected<std::unique_ptr<CaptureLogs>, Error> CaptureLogs::open(const std::filesystem::path &folder)
{
    const auto file = mapExistingFile(folder / "header", HeaderBytes, HeaderBytes);
    if (!file)
        return file.error();
    std::unique_ptr<CaptureLogs> logs(new CaptureLogs(folder));
    // A copy: if its writer should be alive after all, counts that grow would promise what is not mapped here.
    const auto copy = mapNewFile({}, HeaderBytes);
    if (copy) {
        std::memcpy(*copy, *file, HeaderBytes);
        logs->header = std::launder(reinterpret_cast<CaptureHeader *>(*copy));
    }
    unmapFile(*file, HeaderBytes);
    if (!copy)
        return copy.error();
    const CaptureHeader &header = *logs->header;
    if (std::memcmp(header.magic, CaptureHeader::Magic, sizeof header.magic) != 0 ||
        header.recordSize != sizeof(Record) || header.byteSegmentBytes != BytesPerSegment)
        return Error{ErrorCode::FileUnreadable, folder.string() + " is no capture of this version"};
    for (const auto &[log, count] :
         {std::pair(&logs->records, header.records.load()), std::pair(&logs->bytes, header.bytes.load()),
          std::pair(&logs->extents, header.extents.load()), std::pair(&logs->findings, header.findings.load())}) {
        if (auto opened = log->open(count); !opened)
            return opened.error();
    }
    return logs;
}

} // namespace pushscope
