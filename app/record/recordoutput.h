#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/expected.h"

#include <cstdint>
#include <string>

namespace pushscope {

struct RecordOptions;

/// Where the lines of a recording go: standard output, a file, or nowhere. Writes whole buffers; a reader that is slow
/// makes write() wait.
class RecordOutput
{
public:
    /// FileUnwritable when the file can't be made. An existing file is replaced; a new one is readable by its owner
    /// alone, since recordings hold credentials.
    static Expected<RecordOutput, Error> open(const RecordOptions &options);
    RecordOutput(RecordOutput &&other) noexcept;
    RecordOutput &operator=(RecordOutput &&) = delete;
    RecordOutput(const RecordOutput &) = delete;
    RecordOutput &operator=(const RecordOutput &) = delete;
    ~RecordOutput();

    [[nodiscard]] bool writesNothing() const { return m_descriptor < 0; }
    /// Writes whole lines. After an Error (disk full, reader gone) the output ends with the last line that fits where
    /// it can be cut, and unwritten() says how many lines of this buffer are missing.
    Expected<void, Error> write(ByteView lines);
    [[nodiscard]] std::uint64_t unwritten() const { return m_unwritten; }
    /// Whether the Error was that nobody reads our pipe any longer, which is a reader's way to say "enough".
    [[nodiscard]] bool isReaderGone() const { return m_readerGone; }
    /// Whether anybody could still read it: a pipe tells so without a write.
    [[nodiscard]] bool hasReader() const;
    /// A file's last chance to fail.
    Expected<void, Error> close();

private:
    RecordOutput(int descriptor, std::string name, bool isOurs)
        : m_name(std::move(name)), m_descriptor(descriptor), m_isOurs(isOurs)
    {
    }
    Error failure(int error) const;
    void cutTo(ByteView written);

    std::string m_name;
    int m_descriptor = -1;
    bool m_isOurs = false; ///< a file that we opened
    std::uint64_t m_unwritten = 0;
    bool m_readerGone = false;
};

} // namespace pushscope
