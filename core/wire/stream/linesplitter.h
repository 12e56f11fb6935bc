#pragma once

#include "core/base/finding.h"
#include "core/wire/stream/splitterinput.h"
#include "core/wire/stream/streamunit.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pushscope {

/// Lines that end with LF (NDJSON, JSON lines). Total: each byte stands in a unit, or behind the limit of one. Holds no
/// payload. No clock, no I/O; one thread.
class LineSplitter
{
public:
    /// Of a line longer than `limit` only the beginning is told, with a Finding.
    explicit LineSplitter(std::uint64_t limit) : m_limit(limit) {}

    /// Hands in the next bytes; they must stay valid until next() has returned false.
    void feed(ByteView input) { m_input.feed(input); }
    /// The stream ended: next() hands out what is left, which the end cut or not.
    void finish(bool cut);
    /// The next unit, or false when more input is needed.
    bool next(StreamUnit &unit);

    /// About the unit that next() handed out last, ranges as in units; valid until the next call.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    /// Where the oldest unit still to come may begin.
    [[nodiscard]] std::uint64_t oldestNeeded() const { return m_begin; }
    /// Bytes of a unit that has begun.
    [[nodiscard]] std::uint64_t pendingBytes() const { return m_input.position() - m_begin; }
    /// Whether a clean end now would leave nothing unfinished: a last line needs no LF.
    [[nodiscard]] bool mayEndHere() const { return true; }

private:
    void tell(StreamUnit &unit, bool isCut, std::uint64_t end);

    const std::uint64_t m_limit;
    SplitterInput m_input;
    std::uint64_t m_begin = 0;
    bool m_isSkipping = false; ///< the rest of a line that was told
    bool m_isFinished = false;
    bool m_isCut = false;
    std::vector<Finding> m_findings;
};

} // namespace pushscope
