#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/base/utf8.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace pushscope {

/// What a stretch of an event stream is (WHATWG HTML 9.2.6). Ranges count from the stream's first byte and include line
/// endings.
struct SseFact
{
    enum class Kind : std::uint8_t {
        Event,     ///< a block with data, dispatched; the range runs from its first line to its blank line
        Block,     ///< a block that ended without data but had an `id` or `event` field
        Comment,   ///< one line, inside a block or not; the block's range covers it too
        Retry,     ///< one line with a valid reconnection time
        Unknown,   ///< one line that is no field of the standard's, or a `retry` that is ignored
        Incomplete ///< what the stream's end cut off; the standard discards it
    };
    Kind kind;
    bool idSet = false; ///< Event, Block: this block set the last event ID
    bool isCut = false; ///< larger than the limit: the range is the beginning that is kept
    ByteRange range;
    std::uint64_t dataBytes = 0; ///< Event: length of its data as bytes, without the final LF
    std::uint64_t retry = 0;     ///< Retry: milliseconds
};

/// Interprets an event stream (WHATWG HTML 9.2.6), total: every byte stands in a fact's range or belongs to a blank
/// line that ends nothing, and nothing that is finished is held back: an event is out as soon as its blank line's CR or
/// LF is in. A CR at the end of an input never waits for its LF; a LF that follows belongs to the same line ending (and
/// to the range of the next block if one was handed out already). Facts come in the order of their ends. A byte order
/// mark at the stream's beginning stands in the range of the first line and block. Holds no payload but the last event
/// ID, and of that no more than idLimit: a longer id is ignored, with a Finding. A block larger than the limit, or a
/// line outside of one, is handed out as soon as it is, with the rest passed over: what is said there counts for
/// nothing. No clock, no I/O; one thread.
class SseDecoder
{
public:
    static constexpr std::size_t idLimit = 64 * 1024;
    static constexpr std::uint64_t noLimit = std::uint64_t(1) << 62;

    /// The id buffer starts from the stored last event ID (9.2.6), so events without an id still carry it. `limit` is
    /// on a block's bytes, the line ending that reaches it left out.
    explicit SseDecoder(ByteView lastEventId = {}, std::uint64_t limit = noLimit);

    /// Hands in the next bytes; they must stay valid until next() has returned false.
    void feed(ByteView input);
    /// The stream ended: next() hands out what was cut off.
    void finish();
    /// The next fact, or false when more input is needed.
    bool next(SseFact &fact);

    /// Remarkable things about the fact that next() handed out last, ranges as in facts; valid until the next call. A
    /// block tells of each rule once.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    /// The last event ID string: committed at each dispatch, never by a block that was cut off.
    [[nodiscard]] const Bytes &lastEventId() const { return m_ids[m_committed]; }
    /// Bytes of the block that the stream's end would cut off now; 0 when all that came was handed out.
    [[nodiscard]] std::uint64_t pendingBytes() const;
    /// Where the oldest fact still to come may begin: what lies before is not referred to again.
    [[nodiscard]] std::uint64_t oldestNeeded() const { return m_blockBegin; }

private:
    enum class Field : std::uint8_t { Data, Event, Id, Retry, Comment, Unknown };
    /// How far a line is known that an input cut.
    enum class Cut : std::uint8_t { No, InName, BehindColon, InValue };
    /// What is passed over, behind what was kept of it.
    enum class Skip : std::uint8_t { No, Line, Block };

    [[nodiscard]] std::uint64_t position() const { return m_base + m_at; }
    [[nodiscard]] bool isInsideBlock() const;
    void skipByteOrderMark();
    void consumeLineEnd(std::size_t end);
    bool takeDataLine(ByteView line);
    bool takeIdLine(ByteView line);
    [[nodiscard]] Bytes &blockId() { return m_ids[1 - m_committed]; }
    void takeWhole(ByteView line);
    void takePiece(ByteView piece);
    void beginField(ByteView name);
    void takeValue(ByteView value);
    void takeDigits(ByteView value);
    [[nodiscard]] bool isValidAhead(std::size_t end);
    void checkUtf8(ByteView piece, bool isEnded);
    bool endLine(SseFact &fact);
    void endId();
    bool endBlock(SseFact &fact);
    bool cutOff(SseFact &fact);
    void cutAtLimit(ByteView piece, SseFact &fact);
    [[nodiscard]] SseFact::Kind kindAtLimit() const;
    void skipRest();
    void beginBlock();
    void tell(SseFact::Kind kind, std::uint64_t begin, SseFact &fact);
    void noteBlock(const Finding &finding);

    // the input
    ByteView m_input;
    std::size_t m_at = 0;
    std::size_t m_validUntil = 0; ///< how far the lines were found to be UTF-8 when one was not ASCII
    std::uint64_t m_base = 0;     ///< the stream's offset of the input's first byte
    bool m_skipLf = false;        ///< the last input ended with the CR of a line ending
    bool m_atStart = true;
    bool m_finished = false;
    bool m_hasByteOrderMark = false;
    std::uint8_t m_markLength = 0;

    // the line
    std::uint64_t m_lineBegin = 0;
    Field m_field = Field::Unknown;
    Cut m_cut = Cut::No;
    std::uint8_t m_nameLength = 0;
    std::array<char, 5> m_name{}; ///< no field name of the standard's is longer
    std::uint64_t m_retry = 0;
    bool m_hasDigits = false;
    bool m_isNoTime = false; ///< other than digits, or a number beyond 64 bits
    Bytes m_id;
    Utf8Validator m_utf8;
    std::optional<std::uint64_t> m_invalidAt; ///< where the line stopped being UTF-8

    // the block
    const std::uint64_t m_limit;
    std::uint64_t m_limitAt; ///< where the block reaches it
    Skip m_skip = Skip::No;
    bool m_isInSkippedLine = false;
    std::uint64_t m_blockBegin = 0;
    std::uint64_t m_dataBytes = 0;
    std::uint64_t m_dataLines = 0;
    bool m_hasFields = false;
    bool m_idSet = false;
    std::vector<Finding> m_blockFindings;

    std::array<Bytes, 2> m_ids;   ///< the last event ID string, and the block's, which counts only when m_idSet
    std::uint8_t m_committed = 0; ///< the last event ID string's place
    std::vector<Finding> m_findings;
};

} // namespace pushscope
