#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/finding.h"
#include "core/wire/http/httpfact.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pushscope {

/// Takes an HTTP/1.1 byte stream apart in one direction (RFC 9112), lenient and exact to the byte: what can be understood is, with
/// Findings; what can't is a failure and the rest is Junk. No clock, no I/O; one thread; copies nothing but heads that were cut.
class Http1Parser
{
public:
    enum class Side : std::uint8_t { Requests, Answers };
    explicit Http1Parser(Side side, std::uint32_t headLimit = 256 * 1024);

    /// Answers: the method of the next request in line, which decides the framing of its answer (HEAD, CONNECT: RFC 9112 section 6.3).
    /// For HTTP/1.1 pipelining call it once for each request.
    void expectAnswerTo(std::string_view method);
    /// Requests: whether the peer agreed to the upgrade or CONNECT that this stream asked for: bytes from here on are a tunnel's. (Answers
    /// find out by themselves from 101 and 2xx to CONNECT.) Until it is said, bytes behind an upgrade request's body are parsed as HTTP.
    void switchToTunnel();

    /// Hands in the next bytes; they must stay valid until next() has returned false.
    void feed(ByteView input);
    /// The input ended (FIN or close): next() hands out what that completes or cuts.
    void finish();
    bool next(HttpFact &fact);

    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    /// Set when the framing was lost or the bytes are no HTTP: HttpMalformed or HttpHeadTooLarge with what and where.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    [[nodiscard]] BodyFraming framing() const;
    /// Inside a message: a close here cuts it (RFC 9112 section 8). Between messages, or in a close-delimited body: false.
    [[nodiscard]] bool isInsideMessage() const;
    /// Bytes of an unfinished head or chunk-size line.
    [[nodiscard]] std::uint64_t pendingBytes() const;

private:
    std::vector<Finding> m_findings;
    std::optional<Error> m_failure;
};

/// Parses the bytes of one head or trailer section again (what a Head or Trailers fact's range covered), for explaining it later.
[[nodiscard]] Expected<HttpHead, Error> parseHttp1Head(ByteView bytes, Http1Parser::Side side);

} // namespace pushscope
