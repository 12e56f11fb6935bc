#include "app/record/recordoutput.h"

#include "app/options/commandline.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace pushscope {

namespace {
std::uint64_t linesIn(ByteView text)
{
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Whoever started us may have made the descriptor non-blocking.
void waitUntilWritable(int descriptor)
{
    pollfd waiting{descriptor, POLLOUT, 0};
    ::poll(&waiting, 1, -1);
}

/// Whether it is a regular file with nothing behind this place.
bool endsAt(int descriptor, off_t end)
{
    struct stat status = {};
    return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == end;
}
} // namespace

Expected<RecordOutput, Error> RecordOutput::open(const RecordOptions &options)
{
    switch (options.output) {
    case RecordOptions::Output::None: return RecordOutput(-1, {}, false);
    case RecordOptions::Output::StandardOutput: return RecordOutput(STDOUT_FILENO, "standard output", false);
    case RecordOptions::Output::File: break;
    }
    const int descriptor = ::open(options.file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    RecordOutput output(descriptor, '"' + options.file + '"', true);
    if (descriptor < 0)
        return output.failure(errno);
    return output;
}

RecordOutput::RecordOutput(RecordOutput &&other) noexcept
    : m_name(std::move(other.m_name)), m_descriptor(std::exchange(other.m_descriptor, -1)), m_isOurs(other.m_isOurs)
{
}

RecordOutput::~RecordOutput()
{
    if (m_isOurs && m_descriptor >= 0)
        ::close(m_descriptor);
}

Expected<void, Error> RecordOutput::write(ByteView lines)
{
    m_unwritten = 0;
    ByteView rest = lines;
    while (!rest.empty()) {
        const ssize_t size = ::write(m_descriptor, rest.data(), rest.size());
        if (size >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(size));
        } else if (errno == EAGAIN) {
            waitUntilWritable(m_descriptor);
        } else if (errno != EINTR) {
            m_readerGone = errno == EPIPE;
            const Error error = failure(errno);
            cutTo(lines.substr(0, lines.size() - rest.size()));
            m_unwritten = linesIn(rest);
            return error;
        }
    }
    return {};
}

bool RecordOutput::hasReader() const
{
    pollfd looked{m_descriptor, 0, 0};
    return ::poll(&looked, 1, 0) <= 0 || (looked.revents & (POLLERR | POLLHUP)) == 0;
}

Expected<void, Error> RecordOutput::close()
{
    if (m_isOurs && m_descriptor >= 0 && ::close(std::exchange(m_descriptor, -1)) != 0)
        return failure(errno);
    return {};
}

Error RecordOutput::failure(int error) const
{
    const bool isFull = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return {isFull ? ErrorCode::DiskFull : ErrorCode::FileUnwritable,
            m_name + " can't be written: " + std::strerror(error)};
}

/// Takes the beginning of a line that did not fit off a regular file again; a pipe keeps it.
void RecordOutput::cutTo(ByteView written)
{
    const auto lastEnd = written.rfind('\n');
    const auto tail = written.size() - (lastEnd == ByteView::npos ? 0 : lastEnd + 1);
    const off_t end = ::lseek(m_descriptor, 0, SEEK_CUR);
    if (tail > 0 && end >= static_cast<off_t>(tail) && endsAt(m_descriptor, end))
        (void)!::ftruncate(m_descriptor, end - static_cast<off_t>(tail));
}

} // namespace pushscope
