#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pushscope {

/// What a stretch of an event stream is (WHATWG HTML 9.2.6). Ranges count from the stream's first byte and include line endings.
struct SseFact
{
    enum class Kind : std::uint8_t {
        Event,     ///< a block with data, dispatched; the range runs from its first line to its blank line
        Block,     ///< a block that ended without data but set an id or a type
        Comment,   ///< one line, inside a block or not; the block's range covers it too
        Retry,     ///< one line with a valid reconnection time
        Unknown,   ///< one line that is no field of the standard's, or a `retry` that is not all digits
        Incomplete ///< what the stream's end cut off; the standard discards it
    };
    Kind kind;
    bool idSet = false;           ///< Event, Block: this block set the last event ID
    ByteRange range;
    std::uint64_t dataBytes = 0;  ///< Event: length of its data as bytes, without the final LF
    std::uint64_t retry = 0;      ///< Retry: milliseconds, saturated
};

/// Interprets an event stream (WHATWG HTML 9.2.6), total: every byte stands in a block's range or is the BOM, and nothing that is
/// finished is held back: an event is out as soon as its blank line's CR or LF is in. A CR at the end of an input never waits for
/// its LF; a LF that follows belongs to the same line ending (and to the range of the next fact if one was handed out already).
/// Holds no payload but the last event ID; no clock, no I/O; one thread.
class SseDecoder
{
public:
    /// The id buffer starts from the stored last event ID (9.2.6), so events without an id still carry it.
    explicit SseDecoder(ByteView lastEventId = {});

    /// Hands in the next bytes; they must stay valid until next() has returned false.
    void feed(ByteView input);
    /// The stream ended: next() hands out what was cut off.
    void finish();
    /// The next fact, or false when more input is needed.
    bool next(SseFact &fact);

    /// Remarkable things about the fact that next() handed out last, ranges as in facts; valid until the next call.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    /// The last event ID string: committed at each dispatch, never by a block that was cut off.
    [[nodiscard]] const Bytes &lastEventId() const;
    /// Bytes fed so far that no Event, Block or Incomplete covers yet: what the stream's end would cut off.
    [[nodiscard]] std::uint64_t pendingBytes() const;
    /// Where the oldest fact still to come may begin: what lies before is not referred to again.
    [[nodiscard]] std::uint64_t oldestNeeded() const;

    // private members are the implementer's
private:
    std::vector<Finding> m_findings;
};

} // namespace pushscope
