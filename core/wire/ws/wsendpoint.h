#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/wire/role.h"
#include "core/wire/ws/wsassembler.h"
#include "core/wire/ws/wsframeencoder.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pushscope {

/// How a WebSocket stands (RFC 6455 section 7): one closing handshake, seen from our end.
enum class WsCloseState : std::uint8_t { Open, CloseSent, CloseReceived, Closed };

/// What a conforming endpoint must answer: pongs, the closing handshake, and failing the connection on a violation. Bytes to send
/// come out as WsFrameSpecs without masking keys when Role::Server, with keys from `maskSource` when Role::Client. No I/O, no clock.
class WsEndpoint
{
public:
    struct Options
    {
        Role role = Role::Client;
        bool autoPong = true;      ///< the caller may take due pongs itself and send them late
        bool failOnViolation = true;
        std::function<std::uint32_t()> maskSource; ///< four random bytes a frame (5.3)
    };
    explicit WsEndpoint(Options options);

    /// The answers that a message or its Findings require, in order: pong, close.
    std::vector<WsFrameSpec> take(const WsMessage *message, std::span<const Finding> findings);

    /// Legal frames of our own. After a close was sent they are refused (nullopt), 5.5.1.
    std::optional<WsFrameSpec> text(ByteView payload);
    std::optional<WsFrameSpec> binary(ByteView payload);
    std::optional<WsFrameSpec> ping(ByteView payload);
    std::optional<WsFrameSpec> pong(ByteView payload);
    std::optional<WsFrameSpec> close(std::uint16_t code, ByteView reason);
    /// A frame written by hand was sent: the endpoint only takes note of a close.
    void noteRaw(const WsFrameSpec &spec);

    [[nodiscard]] WsCloseState state() const;
    /// Set once the endpoint has failed the connection (7.1.7): the code that it sent and why.
    [[nodiscard]] std::optional<std::uint16_t> failureCode() const;
    [[nodiscard]] const std::string &failureReason() const;
    /// Whether the TCP connection is ours to close now: at once for a server, after the peer's close for a client's patience.
    [[nodiscard]] bool shouldDisconnect() const;
};

/// The close code with which RFC 6455 section 7.4.1 fails a connection over a rule; 0 when the rule is no reason to fail.
[[nodiscard]] std::uint16_t failureCodeFor(Rule rule);
/// Whether a code may stand in a close frame (7.4.1, 7.4.2).
[[nodiscard]] bool isSendableCloseCode(std::uint16_t code);

} // namespace pushscope
