#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace pushscope {

/// Undoes one coding, by one library: the seam between ContentDecoder and the libraries. Gives plain bytes as early as
/// the coded ones tell them: whatever the peer flushed is out at once.
class Decompressor
{
public:
    struct Progress
    {
        std::size_t taken = 0;
        std::size_t made = 0;
    };

    Decompressor() = default;
    Decompressor(const Decompressor &) = delete;
    Decompressor &operator=(const Decompressor &) = delete;
    virtual ~Decompressor() = default;

    /// Goes on until all of `coded` is taken, `plain` is full, or it is broken; what was made before that counts.
    [[nodiscard]] virtual Progress decode(ByteView coded, std::span<char> plain) = 0;
    /// Whether the content may end here.
    [[nodiscard]] virtual bool isComplete() const = 0;
    /// Whether bytes were taken that more plain bytes will come of; a header, the mark of a flush and a checksum are
    /// none. Where the library can't say so (brotli), true until the end.
    [[nodiscard]] virtual bool holdsContent() const = 0;
    /// "deflate" without the zlib wrapper that RFC 9110 section 8.4.1.2 demands.
    [[nodiscard]] virtual bool isUnwrapped() const { return false; }
    /// Why it is broken, a phrase; "" as long as it is not. Nothing is taken or made any more then.
    [[nodiscard]] const std::string &problem() const { return m_problem; }

protected:
    void fail(std::string problem) { m_problem = std::move(problem); }

private:
    std::string m_problem;
};

} // namespace pushscope
