#pragma once

#include "core/base/finding.h"
#include "core/wire/stream/splitterinput.h"
#include "core/wire/stream/streamunit.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pushscope {

/// Multipart bodies (RFC 2046 section 5.1), multipart/x-mixed-replace among them. A part is told as soon as its end is
/// known: with the last byte of the delimiter behind it, or sooner by a Content-Length of its own. What stands outside
/// of parts (preamble, epilogue, bytes behind a Content-Length that was too small) is told as it arrives. Total: each
/// byte stands in a unit, or belongs to a delimiter, to blank lines outside of parts, or lies behind the limit of a
/// part. Holds no payload but a part's head. The functions are LineSplitter's.
class MultipartSplitter
{
public:
    /// Of a head no more is read; what follows counts as content.
    static constexpr std::size_t HeadLimit = 16 * 1024;

    /// The boundary as the Content-Type's parameter has it.
    MultipartSplitter(std::string_view boundary, std::uint64_t limit);

    /// 1 to 70 characters that a boundary may have; a space not at its end.
    [[nodiscard]] static bool isBoundary(std::string_view text);

    void feed(ByteView input) { m_input.feed(input); }
    void finish(bool) { m_isFinished = true; }
    bool next(StreamUnit &unit);

    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    [[nodiscard]] std::uint64_t oldestNeeded() const { return m_begin; }
    [[nodiscard]] std::uint64_t pendingBytes() const { return isInPart() ? m_input.position() - m_begin : 0; }
    [[nodiscard]] bool mayEndHere() const { return pendingBytes() == 0; }

private:
    enum class Where : std::uint8_t { Outside, DelimiterLine, Head, Content, Epilogue };

    [[nodiscard]] bool isInPart() const { return !m_isTold && (m_where == Where::Head || m_where == Where::Content); }
    [[nodiscard]] bool isAtLength() const;
    bool step(StreamUnit &unit);
    bool matchDelimiter(StreamUnit &unit);
    void readDelimiterLine();
    void takeLine();
    void beginLine(std::uint8_t endingBefore);
    void beginPart();
    void readHead();
    bool endAtDelimiter(StreamUnit &unit);
    bool endAtLength(StreamUnit &unit);
    void cutAtLimit(StreamUnit &unit);
    bool endAtEnd(StreamUnit &unit);
    bool tellOutside(std::uint64_t end, StreamUnit &unit);
    bool tellPart(std::uint64_t end, bool isCut, StreamUnit &unit);
    void noteLength(std::uint64_t at);

    Bytes m_delimiter;      ///< two hyphens and the boundary
    Bytes m_otherDelimiter; ///< what it may be as well, as long as none came
    const std::uint64_t m_limit;
    SplitterInput m_input;
    Where m_where = Where::Outside;

    // the part
    std::uint64_t m_begin = 0; ///< or of what was not told outside of parts
    Bytes m_head;
    std::uint64_t m_contentBegin = 0;
    std::optional<std::uint64_t> m_contentLength;
    std::optional<Finding> m_badHead;
    bool m_isTold = false; ///< its beginning was, at the limit

    // outside of parts
    bool m_isBlank = true;         ///< nothing but line endings and spaces since m_begin
    bool m_isBehindLength = false; ///< of a part that was told by its length

    // the line
    std::uint64_t m_lineBegin = 0;
    Bytes m_lineStart;         ///< while it may be a delimiter
    bool m_isCandidate = true; ///< it may still be one
    bool m_endsWithCr = false;
    std::uint8_t m_endingBefore = 0; ///< length of the line ending before it, which a delimiter takes with it
    std::uint8_t m_hyphens = 0;      ///< behind a delimiter's boundary: two close the body

    bool m_isFinished = false;
    std::vector<Finding> m_findings;
};

} // namespace pushscope
