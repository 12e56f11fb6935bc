#pragma once

#include "core/base/bytes.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace pushscope {

/// What the beginning of a body of another type says.
enum class SseSniff : std::uint8_t {
    Undecided,
    EventStream, ///< plainly one
    Other
};

/// Tells a body that is plainly an event stream, whatever its type says: its lines are comments and fields of WHATWG
/// HTML 9.2.6 up to a blank line that ends a block, with a data field or a comment among them. Decides with the first
/// byte that settles it: the blank line, or the one that begins no such line. Holds no payload; after Limit bytes it is
/// none. No clock, no I/O; one thread.
class SseSniffer
{
public:
    static constexpr std::uint64_t Limit = 64 * 1024;

    /// The verdict, which stays once it is one.
    SseSniff feed(ByteView bytes);
    [[nodiscard]] SseSniff verdict() const { return m_verdict; }

private:
    void take(char byte);
    void takeNameByte(char byte);
    void endLine();

    SseSniff m_verdict = SseSniff::Undecided;
    std::uint64_t m_seen = 0;
    std::size_t m_markLength = 0; ///< of the byte order mark, at the start
    std::array<char, 5> m_name{}; ///< no field name of the standard's is longer
    std::size_t m_nameLength = 0;
    bool m_isInValue = false;   ///< behind the line's colon
    bool m_hasContent = false;  ///< a data field or comment was there
    bool m_endedWithCr = false; ///< a LF that follows belongs to the same line ending
};

} // namespace pushscope
