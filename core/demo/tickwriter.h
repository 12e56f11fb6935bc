#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"

#include <cstdint>
#include <string_view>

namespace pushscope::demo {

/// How an event is wrapped for its transport.
enum class EventFraming : std::uint8_t {
    Chunk,    ///< an HTTP/1.1 chunk (RFC 9112 section 7.1)
    Identity, ///< as it is: the answer ends with its connection
    WsText,   ///< an unmasked WebSocket text frame (RFC 6455 section 5.2)
};

/// Appends an event's bytes in the framing.
void appendFramed(Bytes &out, EventFraming framing, ByteView event);

/// Writes the reference feed's events. One number, one time, one text: the padding follows from seed and id.
class TickWriter
{
public:
    struct Time
    {
        std::int64_t unixMilliseconds = 0;
        std::int64_t monotonicNanoseconds = 0;
    };
    static Time timeOf(const Clock &clock);

    /// `size`: data shorter than that is padded.
    TickWriter(std::uint64_t size, std::uint64_t seed);

    /// Appends event `id`, framed: an SSE event, or the data alone as a WebSocket message.
    void append(Bytes &out, EventFraming framing, std::uint64_t id, Time time);

private:
    void appendData(std::uint64_t id, Time time);

    std::uint64_t m_size;
    std::uint64_t m_seed;
    Bytes m_letters; ///< twice kPeriod of them: any kPeriod in a row are there without wrapping
    Bytes m_event;   ///< reused
};

} // namespace pushscope::demo
