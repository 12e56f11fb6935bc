#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/base/ids.h"
#include "core/wire/http/httpfact.h"

#include <cstdint>
#include <optional>
#include <span>

namespace pushscope {

/// The seam between a connection and its HTTP version: one connection's plaintext in, facts out; messages in, plaintext
/// out. Either role. HTTP/1.1 has one stream at a time, id 0. No clock, no I/O; one thread.
class HttpCodec
{
public:
    virtual ~HttpCodec() = default;

    /// Sends a request's head and whole body. The returned stream carries the answer; nullopt when no stream can be
    /// opened now.
    virtual std::optional<StreamId> sendRequest(const HttpHead &head, ByteView body) = 0;
    /// Server: sends an answer's head (interim ones too); the framing follows from the head's fields.
    virtual void sendHead(StreamId stream, const HttpHead &head) = 0;
    /// Content bytes, or a tunnel's.
    virtual void sendBody(StreamId stream, ByteView bytes) = 0;
    virtual void sendEnd(StreamId stream, const Headers &trailers = {}) = 0;
    /// Gives a stream up: RST_STREAM on HTTP/2; on HTTP/1.1 there is only closing the connection, which is the
    /// caller's.
    virtual void cancel(StreamId stream) = 0;
    /// What is to be written to the connection; the caller takes it all.
    virtual Bytes takeOutput() = 0;

    /// Hands in the next received bytes; they must stay valid until next() has returned false.
    virtual void feed(ByteView input) = 0;
    virtual void finish() = 0;
    virtual bool next(HttpFact &fact) = 0;
    [[nodiscard]] virtual std::span<const Finding> findings() const = 0;
    [[nodiscard]] virtual const std::optional<Error> &failure() const = 0;

    [[nodiscard]] virtual HttpVersion version() const = 0;
    /// Whether the stream's message would be cut by the connection's end now.
    [[nodiscard]] virtual bool isInsideMessage(StreamId stream) const = 0;
    [[nodiscard]] virtual std::uint64_t pendingBytes() const = 0;
    /// Whether another request may follow on the connection after this exchange (RFC 9112 section 9.3).
    [[nodiscard]] virtual bool isReusable() const = 0;
};

} // namespace pushscope
