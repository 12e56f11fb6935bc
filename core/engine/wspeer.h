#pragma once

#include "core/base/target.h"
#include "core/engine/alarms.h"
#include "core/engine/unsentanswers.h"
#include "core/engine/wsstorey.h"
#include "core/wire/ws/wsendpoint.h"

#include <cstdint>
#include <functional>
#include <list>
#include <optional>

namespace pushscope {

/// Our end of an open WebSocket: the endpoint's duties (pongs, closing handshake, failing on violations), echoing, and
/// what a person sends. Bytes to write go out through `write`; what they become in the capture is not its business.
class WsPeer
{
public:
    WsPeer(const WebSocketOptions &options, Alarms &alarms, std::function<std::uint32_t()> random,
           std::function<void(ByteView, SendCause)> write);
    ~WsPeer();

    /// What the peer sent, in order.
    void take(const WsStep &step);

    // False when it would not be legal now (RFC 6455 section 5.5.1, 8.1).
    bool sendText(ByteView payload) { return send(m_endpoint.text(payload)); }
    bool sendBinary(ByteView payload) { return send(m_endpoint.binary(payload)); }
    bool sendPing(ByteView payload) { return send(m_endpoint.ping(payload)); }
    bool sendPong(ByteView payload) { return send(m_endpoint.pong(payload)); }
    bool sendClose(std::uint16_t code, ByteView reason);
    /// The close frame that the options name, legal or not.
    void beginClose();
    /// As it is, legal or not.
    void sendRaw(WsFrameSpec frame, bool mask);
    void setPong(PongMode mode, Milliseconds delay);

    [[nodiscard]] const WsEndpoint &endpoint() const { return m_endpoint; }
    [[nodiscard]] bool isClosing() const
    {
        return m_endpoint.state() != WsCloseState::Open || m_endpoint.failureCode().has_value();
    }

    /// The closing handshake was begun by us.
    [[nodiscard]] bool closedFirst() const { return m_closedFirst; }

private:
    bool send(const std::optional<WsFrameSpec> &frame, SendCause cause = SendCause::Own);
    void answerPing(const WsMessage &ping);
    void echo(const WsMessage &message);

    WebSocketOptions m_options;
    Alarms &m_alarms;
    std::function<std::uint32_t()> m_random;
    std::function<void(ByteView, SendCause)> m_write;
    WsEndpoint m_endpoint;
    bool m_closedFirst = false;
    std::list<Alarms::Id> m_latePongs;
};

} // namespace pushscope
