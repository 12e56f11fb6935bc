#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/wire/http/http1framing.h"
#include "core/wire/http/http1head.h"
#include "core/wire/http/httpfact.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pushscope {

/// Takes an HTTP/1.1 byte stream apart in one direction (RFC 9112), lenient and exact to the byte: what can be
/// understood is, with Findings; what can't is a failure and the rest is Junk. No clock, no I/O; one thread; copies
/// nothing but heads that were cut.
class Http1Parser
{
public:
    using Side = Http1Side;
    /// `headLimit` holds for a head together with the interim ones before it: those have no end of their own.
    explicit Http1Parser(Side side, std::uint32_t headLimit = 256 * 1024);

    /// Answers: the method of the next request in line, which decides the framing of its answer (HEAD, CONNECT: RFC
    /// 9112 section 6.3). For HTTP/1.1 pipelining call it once for each request. Bytes behind the last expected answer
    /// are Junk (section 6.3); the very first answer need not be announced.
    void expectAnswerTo(std::string_view method);
    /// Requests: the peer agreed to the upgrade or CONNECT that this stream asked for: bytes behind that request are a
    /// tunnel's. (Answers find out by themselves from 101 and 2xx to CONNECT.) Until it is said, bytes behind an
    /// upgrade request are parsed as HTTP: say it before the next call of next().
    void switchToTunnel();

    /// Hands in the next bytes; they must stay valid until next() has returned false.
    void feed(ByteView input);
    /// The input ended (FIN or close): next() hands out what that completes or cuts. A tunnel ends without an End.
    void finish();
    /// The next fact, or false when more input is needed. A fact's `body` is inside the fed input, Junk's of a head
    /// that was cut in the parser; both are valid until the next feed().
    bool next(HttpFact &fact);

    /// About the fact that next() handed out last, or about the end of the input when it returned false. Valid until
    /// the next call.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    /// Set when the framing was lost or the bytes are no HTTP: HttpMalformed or HttpHeadTooLarge with what and where.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    /// Of the message whose head was handed out last.
    [[nodiscard]] BodyFraming framing() const { return m_framing; }
    /// Inside a message: a close here cuts it (RFC 9112 section 8). Between messages, or in a close-delimited body:
    /// false.
    [[nodiscard]] bool isInsideMessage() const;
    /// Bytes of an unfinished head or chunk-size line.
    [[nodiscard]] std::uint64_t pendingBytes() const { return m_pending.size(); }

private:
    enum class State : std::uint8_t {
        Head,
        Length,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        UntilClose,
        End,
        Tunnel,
        AfterMessage,
        Failed
    };
    /// A chunk-size line as far as it has come in (section 7.1).
    struct ChunkLine
    {
        enum class Part : std::uint8_t { Size, Space, Extension, LineFeed };
        Part part = Part::Size;
        bool hasDigits = false;
        std::uint64_t size = 0;
        std::uint64_t extensionBegin = 0;
    };

    enum class Scan : std::uint8_t { Partial, Bad, Whole };

    void enter(State state);
    void enterBody(const HttpHead &head, ByteRange range);
    bool read(HttpFact &fact);
    bool readHead(HttpFact &fact);
    bool readBody(HttpFact &fact, State after);
    bool readChunkLine(HttpFact &fact);
    bool readPlainChunkLine(HttpFact &fact);
    bool readPlainChunkEnd(HttpFact &fact);
    bool readChunkEnd(HttpFact &fact);
    bool readTrailers(HttpFact &fact);
    bool readEnd(HttpFact &fact);
    bool readAfterMessage(HttpFact &fact);
    bool readAll(HttpFact &fact, HttpFact::Kind kind);
    bool readCut(HttpFact &fact);
    bool refuseStart(HttpFact &fact);
    bool refuseLargeHead(HttpFact &fact);
    bool refuseChunkLine(HttpFact &fact, std::size_t count);
    bool fail(HttpFact &fact, Error error);

    Scan scanStart();
    Scan scanSection(std::size_t &count);
    Scan scanChunkLine(std::size_t &count);

    [[nodiscard]] std::uint64_t unitBegin() const { return m_offset - m_pending.size(); }
    [[nodiscard]] char inputBefore(std::size_t index) const
    {
        return index > 0 ? m_input[index - 1] : m_pending.back();
    }
    [[nodiscard]] Bytes unitStart(std::uint64_t begin, std::size_t most) const;
    ByteView openSection(std::size_t count);
    void closeSection(std::size_t count);
    void closeLine(std::size_t count);
    void keepBlankLines();
    void keepInput();
    void take(std::size_t count);
    void find(Rule rule, std::uint64_t begin, std::uint64_t length, std::int64_t argument = 0);
    bool emit(HttpFact &fact, HttpFact::Kind kind, std::uint64_t begin) const;

    Side m_side;
    State m_state = State::Head;
    BodyFraming m_framing = BodyFraming::None;
    bool m_inside = false; ///< between a head and its End
    bool m_tunnelAfterMessage = false;
    bool m_finished = false;
    bool m_startChecked = false;
    bool m_sawBareLf = false; ///< in this message's chunk framing: said once
    bool m_sawBytesAfterMessage = false;
    std::uint32_t m_headLimit;
    std::uint64_t m_interimBytes = 0; ///< of the interim heads before the answer that is awaited
    ByteView m_input;
    std::uint64_t m_offset = 0;    ///< of m_input's first byte
    std::uint64_t m_remaining = 0; ///< of a body with a length, or of a chunk's data
    ChunkLine m_chunk;
    std::uint64_t m_lineBegin = 0; ///< of the head or trailer line that is coming in
    Bytes m_pending;               ///< the bytes before m_input that belong to the unit being read
    Bytes m_flushed;               ///< what m_pending held when it became Junk or a tunnel's
    std::vector<AnswerTo> m_expected;
    std::vector<Finding> m_findings;
    std::optional<Error> m_failure;
};

} // namespace pushscope
