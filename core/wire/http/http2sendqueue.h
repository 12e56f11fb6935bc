#pragma once

#include "core/base/bytes.h"
#include "core/wire/http/headers.h"

#include <cstddef>
#include <cstdint>
#include <deque>

namespace pushscope {

/// What one HTTP/2 stream still has to send. Whatever was pushed at once leaves in a DATA frame of its own as long as
/// little waits, so that an event is a frame; a long backlog leaves in full frames.
class Http2SendQueue
{
public:
    void push(ByteView bytes);
    /// Nothing is pushed behind it.
    void end(Headers trailers);

    /// Moves the next frame's data, `limit` bytes at the most, to `buffer`.
    std::size_t take(char *buffer, std::size_t limit);

    [[nodiscard]] std::uint64_t size() const { return m_bytes.size() - m_taken; }
    [[nodiscard]] bool isEnded() const { return m_ended; }
    [[nodiscard]] const Headers &trailers() const { return m_trailers; }

private:
    /// From here on frames are filled without regard to what was pushed at once.
    static constexpr std::size_t Backlog = 64 * 1024;

    void forget(std::size_t count);

    Bytes m_bytes;
    std::size_t m_taken = 0;
    std::deque<std::size_t> m_pieces; ///< sizes of what was pushed at once and is not taken whole
    Headers m_trailers;
    bool m_ended = false;
};

} // namespace pushscope
