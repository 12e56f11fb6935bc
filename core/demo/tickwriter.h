#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"

#include <cstdint>

namespace pushscope::demo {

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

    /// Event `id` for an event stream; valid until the next one is written.
    [[nodiscard]] ByteView event(std::uint64_t id, Time time);
    /// Its data alone, for a WebSocket message.
    [[nodiscard]] ByteView data(std::uint64_t id, Time time);

private:
    void appendData(std::uint64_t id, Time time);

    std::uint64_t m_size;
    std::uint64_t m_seed;
    Bytes m_letters; ///< twice kPeriod of them: any kPeriod in a row are there without wrapping
    Bytes m_event;   ///< reused
};

} // namespace pushscope::demo
