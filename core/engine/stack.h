#pragma once

#include "core/base/url.h"
#include "core/engine/connection.h"
#include "core/engine/controlledger.h"
#include "core/engine/eventsourcestate.h"
#include "core/engine/httpstorey.h"
#include "core/engine/outmirror.h"
#include "core/engine/ssestorey.h"
#include "core/engine/streamstorey.h"
#include "core/engine/verdict.h"
#include "core/engine/wsstorey.h"

#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace pushscope {

/// How a stack's connection or answer ended.
struct StackEnd
{
    Ending ending;
    Error error; ///< None: nothing but the ending is to be said
};

/// The storeys of one connection, from bytes to records and back: transport, TLS where wanted, HTTP, and what the
/// answer's body is. Records what goes by in both directions; decides nothing: what an answer means is its owner's to
/// say, while answered() runs.
class Stack
{
public:
    struct Way
    {
        Route route;
        Url url;
        std::shared_ptr<const TlsContext> tls; ///< nullptr: cleartext
        std::string tlsSession;                ///< to resume
        Limits limits;
    };
    struct Handlers
    {
        std::function<void()> securing;                    ///< the TLS handshake begins
        std::function<void()> ready;                       ///< the request can go out
        std::function<void(const Error &)> refusedByProxy; ///< in words; takeAsBody() keeps the page that says why
        std::function<void(const HttpHead &, Seq)>
            answered; ///< the final answer's head; call one of the takeAs functions
        std::function<void(const WsStep &)> webSocket;
        std::function<void()> readDone; ///< after everything that one socket read carried
        std::function<void(const StackEnd &)>
            ended; ///< once, last: the peer or the answer ended. Destroy the stack later, not in here
        std::function<void(const Error &)> captureFailed;
        std::function<void()> drained; ///< all that was sent has gone out
    };

    Stack(Recorder &recorder, std::unique_ptr<Transport> transport, Way way, Handlers handlers);

    void open();
    /// Sends the request; its record.
    Seq request(const HttpHead &head, ByteView body);

    void takeAsEventStream(EventSourceState &state);
    void takeAsStream(StreamStorey::By by, EventCount &count);
    void takeAsBody();
    void takeAsWebSocket(bool keepPayloads, EventCount &count);
    /// The WebSocket was failed (RFC 6455 section 7.1.7): no close frame answers another any more.
    void noteFailed() { m_controls.noteFailed(); }

    /// WebSocket bytes of ours. While a read is being worked on they are gathered and go out behind it.
    void send(ByteView frames, SendCause cause);
    /// As Connection::hasRoom().
    [[nodiscard]] bool hasRoom() const { return m_connection.hasRoom(); }
    void setPaused(bool paused) { m_connection.setPaused(paused); }
    void closeSending() { m_connection.closeSending(); }

    /// Ends it from our side: closes, or cuts when it is to be dropped. What was unfinished is recorded. No handler is
    /// called any more.
    Ending end(OurEnd how);
    /// Bytes of an answer's head are here, but not all of it.
    [[nodiscard]] bool isHeadComing() const;
    /// The body that takeAsBody() keeps has reached its limit.
    [[nodiscard]] bool isBodyLimitReached() const;
    /// TLS: the server's ticket, "" when none came.
    [[nodiscard]] std::string tlsSession() const { return m_connection.tlsSession(); }

private:
    enum class Stage : std::uint8_t { Dialling, Proxy, Securing, Ready, Answered };
    void onConnected();
    void onSecured();
    void onReceived(const Plaintext &plaintext);
    void onEnded(const TransportEnd &end);
    void askProxy();
    void takeProxyAnswer();
    void drain();
    void takeFact(const HttpFact &fact);
    void takeBody(ByteView bytes);
    void drainWebSocket();
    void flush();
    void write(ByteView frames, SendCause cause);
    Ending ending(ByteEnd bytes);
    void finishStoreys(bool cut);
    [[nodiscard]] std::uint64_t pendingBytes() const;
    void conclude(ByteEnd bytes, Error error);

    Recorder &m_recorder;
    Way m_way;
    Handlers m_handlers;
    Connection m_connection;
    Stage m_stage = Stage::Dialling;
    std::unique_ptr<HttpStorey> m_http; ///< with the proxy first, then with the server
    std::unique_ptr<OutMirror> m_mirror;
    std::variant<std::monostate, SseStorey, StreamStorey, BodyStorey, WsStorey> m_content;
    ControlLedger m_controls;
    Bytes m_outgoing;
    bool m_receiving = false;
    bool m_messageEnded = false;
    bool m_over = false;
};

} // namespace pushscope
