#pragma once

#include "core/base/bytes.h"
#include "core/wire/http/httphead.h"
#include "core/wire/ws/wsassembler.h"
#include "core/wire/ws/wsendpoint.h"
#include "core/wire/ws/wsframedecoder.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace pushscope::demo {

class DemoStream;

/// The server's end of one WebSocket: opening handshake, frames to messages, and what a conforming endpoint answers by
/// itself.
class WebSocketPeer : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        bool autoPong = true;
        bool failOnViolation = true;
        bool keepsFrameLengths = false; ///< and then takes a bounded number of fragments
    };
    /// `frameLengths` are those of the frames that carried the message, when they are kept.
    using MessageHandler =
        std::function<void(const WsMessage &message, const std::vector<std::uint64_t> &frameLengths)>;

    WebSocketPeer(DemoStream &stream, Options options, MessageHandler onMessage);

    /// Answers 101: from now on the stream carries frames.
    void accept(std::string_view subprotocol = {});
    /// The same with an answer of one's own, right or wrong.
    void accept(const HttpHead &answer);
    void receive(ByteView bytes);
    /// Frames, ready to send.
    void send(ByteView frames);
    void sendFrame(const WsFrameSpec &frame);
    /// Begins the closing handshake; the peer's answer or five seconds end the connection.
    void close(std::uint16_t code, std::string_view reason);
    /// A close frame was sent as raw bytes: five seconds of patience from now on.
    void awaitClose();
    [[nodiscard]] bool isOpen() const { return !m_done && m_endpoint.state() == WsCloseState::Open; }

private:
    void take(const WsFrameFact &fact);
    /// False when the message has too many fragments, which fails the connection.
    bool keepLength(const WsFrameHeader &frame);

    DemoStream &m_stream;
    MessageHandler m_onMessage;
    WsFrameDecoder m_decoder;
    WsAssembler m_assembler;
    WsEndpoint m_endpoint;
    QTimer m_patience;
    std::vector<std::uint64_t> m_frameLengths;
    Bytes m_output; ///< what one read brings about goes out in one write
    const bool m_keepsFrameLengths;
    bool m_collecting = false;
    bool m_done = false;
};

} // namespace pushscope::demo
