#pragma once

#include "core/base/finding.h"
#include "core/wire/stream/splitterinput.h"
#include "core/wire/stream/streamunit.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pushscope {

/// JSON text sequences (RFC 7464): each text stands behind an RS and is followed by LF. A text is told with the LF
/// behind its value, not when the next RS comes: LF inside of an object or array is whitespace of the text. A text that
/// an RS or the end cuts is told as far as it came. Total: each byte stands in a unit, or is an RS or whitespace
/// between two, or lies behind the limit of one. The functions are LineSplitter's.
class JsonSequenceSplitter
{
public:
    explicit JsonSequenceSplitter(std::uint64_t limit) : m_limit(limit) {}

    void feed(ByteView input) { m_input.feed(input); }
    void finish(bool cut);
    bool next(StreamUnit &unit);

    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    [[nodiscard]] std::uint64_t oldestNeeded() const { return m_begin; }
    [[nodiscard]] std::uint64_t pendingBytes() const { return m_isInText ? m_input.position() - m_begin : 0; }
    [[nodiscard]] bool mayEndHere() const { return !mayBeCut(); }

private:
    bool takeByte(char byte, StreamUnit &unit);
    void beginText(char byte);
    void follow(char byte);
    bool endAtSeparator(StreamUnit &unit);
    void tell(StreamUnit &unit, bool isCut, std::uint64_t end);
    [[nodiscard]] bool mayBeCut() const;

    const std::uint64_t m_limit;
    SplitterInput m_input;
    std::uint64_t m_begin = 0; ///< of the text
    std::uint64_t m_depth = 0; ///< of arrays and objects
    bool m_isSeparated = false;
    bool m_isInText = false;
    bool m_isInString = false;
    bool m_isEscaped = false;
    bool m_endsItself = false; ///< an object, array or string: its last byte says that it is whole
    bool m_isSkipping = false; ///< the rest of a text that was told
    bool m_isFinished = false;
    bool m_isCut = false;
    std::vector<Finding> m_findings;
};

} // namespace pushscope
