#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/engine/plaintext.h"
#include "core/engine/unsentanswers.h"
#include "core/engine/verdict.h"
#include "core/wire/http/httphead.h"

#include <cstdint>
#include <optional>
#include <span>

namespace pushscope {

class Exchange;

/// The storey of a link's plaintext that is HTTP, in either version: records what goes by in both directions and gives
/// each exchange its part. Output is collected; whoever changes something calls takeOutput() afterwards.
class HttpStorey
{
public:
    virtual ~HttpStorey() = default;
    [[nodiscard]] virtual HttpVersion version() const = 0;

    /// Opens the exchange's stream; false when none can be opened now.
    [[nodiscard]] virtual bool request(Exchange &exchange, const HttpHead &head, ByteView body) = 0;
    /// The exchange's answer opened a tunnel: what is sent from here on is its bytes.
    virtual void openTunnel(Exchange &exchange) = 0;
    /// Bytes of the exchange's tunnel.
    virtual void send(Exchange &exchange, ByteView bytes, SendCause cause) = 0;
    /// The exchange's tunnel gets no more bytes from us. False when only the connection can say so.
    virtual bool endSending(Exchange &exchange) = 0;
    /// Whether the peer may send more content to the exchange. False when only the connection can say so.
    virtual bool setPaused(Exchange &exchange, bool paused) = 0;
    /// The exchange is over for us: what is left of its stream is given up.
    virtual void leave(Exchange &exchange, OurEnd how) = 0;
    /// Bytes that the exchange sent and its stream holds back.
    [[nodiscard]] virtual std::uint64_t unsent(const Exchange &exchange) const = 0;

    /// What is to be written; noteWritten() follows.
    [[nodiscard]] virtual Bytes takeOutput() = 0;
    virtual void noteWritten(const Plaintext &written) = 0;
    /// Received plaintext: exchanges get what is theirs, and are concluded when their part is over.
    virtual void feed(const Plaintext &plaintext) = 0;
    /// The exchanges that got something since this was asked last.
    [[nodiscard]] virtual std::span<Exchange *const> touched() = 0;
    /// The exchange is over: it is given what is left of the last read, and what the end of the connection's bytes cut
    /// off is recorded, if they ended.
    virtual void finish(Exchange &exchange, ByteEnd bytes) = 0;

    /// Why nothing more is understood, if that is so.
    [[nodiscard]] virtual const std::optional<Error> &failure() const = 0;
    /// The connection's end now would cut HTTP's framing of the exchange's answer.
    [[nodiscard]] virtual bool isInsideMessage(const Exchange &exchange) const = 0;
    /// Received bytes of a head or frame that is not whole.
    [[nodiscard]] virtual std::uint64_t pendingBytes() const = 0;
};

} // namespace pushscope
