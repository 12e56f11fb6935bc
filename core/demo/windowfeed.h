#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace pushscope::demo {

class Http2Stream;

/// Events as fast as HTTP/2's flow control lets them out, one at a time: each tells what the windows were and how long
/// the one before it had to wait for them.
class WindowFeed
{
public:
    /// From the event behind `lastId` to event `count`; `size`: bytes of each, about.
    WindowFeed(Http2Stream &stream, std::uint64_t lastId, std::uint64_t count, std::size_t size);

    /// Writes the next event when the last one is out; false when all are.
    [[nodiscard]] bool pump();

private:
    void write();

    Http2Stream &m_stream;
    std::uint64_t m_id; ///< of the last event
    std::uint64_t m_count;
    std::size_t m_size;
    std::int64_t m_blocked = 0;     ///< nanoseconds, of the last event
    std::optional<Stamp> m_written; ///< the last event's, until it is out
};

} // namespace pushscope::demo
