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

/// What a conforming endpoint must answer: pongs, the closing handshake, and failing the connection on a violation.
/// Frames to send come out unmasked when Role::Server, with keys from `maskSource` when Role::Client. No I/O, no clock.
///
/// Feed it what the peer sends, in order: the Findings of a frame or message, then the message. After the connection
/// has failed nothing is answered any more (RFC 6455 section 7.1.7), but the peer's close still counts.
class WsEndpoint
{
public:
    struct Options
    {
        Role role = Role::Client;
        bool autoPong = true;                      ///< off: the caller sends due pongs itself, late or never
        bool failOnViolation = true;               ///< off: violations are answered with nothing
        std::function<std::uint32_t()> maskSource; ///< four random bytes a frame (5.3); a client must have it
    };
    explicit WsEndpoint(Options options);

    /// The answer that a message and Findings require: a pong or a close.
    std::vector<WsFrameSpec> take(const WsMessage *message, std::span<const Finding> findings);

    /// Frames of our own, nullopt when they would not be legal: after a close was sent (5.5.1), text or a reason that
    /// is not UTF-8, more than 125 bytes in a control frame, a code that may not be sent. A close with code 0 is empty.
    std::optional<WsFrameSpec> text(ByteView payload);
    std::optional<WsFrameSpec> binary(ByteView payload);
    std::optional<WsFrameSpec> ping(ByteView payload);
    std::optional<WsFrameSpec> pong(ByteView payload);
    std::optional<WsFrameSpec> close(std::uint16_t code, ByteView reason);
    /// A frame written by hand was sent: the endpoint only takes note of a close.
    void noteRaw(const WsFrameSpec &spec);

    [[nodiscard]] WsCloseState state() const;
    /// Set once the endpoint has failed the connection (7.1.7): the code that it sent, or would have if no close had
    /// been sent before, and why.
    [[nodiscard]] std::optional<std::uint16_t> failureCode() const { return m_failureCode; }
    [[nodiscard]] const std::string &failureReason() const { return m_failureReason; }
    /// Whether the TCP connection is ours to close now: for a server once both closes went by, for either role once the
    /// connection has failed (7.1.7). Otherwise a client waits for the server to close it (7.1.1), as long as the
    /// caller's patience lasts.
    [[nodiscard]] bool shouldDisconnect() const;

private:
    void applyRules(std::span<const Finding> findings, std::vector<WsFrameSpec> &answers);
    void answer(const WsMessage &message, std::vector<WsFrameSpec> &answers);
    std::optional<WsFrameSpec> frame(WsOpcode opcode, ByteView payload);

    Options m_options;
    bool m_closeSent = false;
    bool m_closeReceived = false;
    std::optional<std::uint16_t> m_failureCode;
    std::string m_failureReason;
};

/// The close code with which RFC 6455 section 7.4.1 fails a connection over a rule; 0 when the rule is no reason to
/// fail.
[[nodiscard]] std::uint16_t failureCodeFor(Rule rule);

} // namespace pushscope
