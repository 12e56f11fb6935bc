#pragma once

#include "core/wire/http/http2frame.h"

#include <cstddef>
#include <optional>

namespace pushscope {

/// Finds the frame headers in the pieces of a connection's input, and nothing else of the frames.
class Http2FrameScanner
{
public:
    /// `skip`: bytes before the first frame.
    explicit Http2FrameScanner(std::size_t skip) : m_skip(skip) {}

    void feed(ByteView input);
    /// The next header that is whole, nullopt when the input is at its end.
    [[nodiscard]] std::optional<Http2FrameHeader> next();
    /// Where the header that next() gave last begins in the input; 0 when it began before.
    [[nodiscard]] std::size_t begin() const { return m_begin; }

private:
    ByteView m_input;
    std::size_t m_at = 0; ///< in m_input
    std::size_t m_begin = 0;
    std::size_t m_skip;
    Bytes m_cut; ///< the beginning of a header that was cut
};

} // namespace pushscope
