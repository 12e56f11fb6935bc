#pragma once

#include "core/demo/answer.h"
#include "core/demo/democontext.h"
#include "core/demo/demosocket.h"
#include "core/demo/exchange.h"
#include "core/demo/request.h"
#include "core/wire/http/http1codec.h"

#include <QObject>
#include <QTimer>

#include <cstddef>
#include <memory>
#include <vector>

namespace pushscope::demo {

/// One connection: reads requests one after the other, has each answered by the router or an exchange, and keeps the
/// limits.
class DemoConnection : public QObject
{
    Q_OBJECT
public:
    DemoConnection(qintptr descriptor, std::unique_ptr<TlsChannel> tls, DemoContext &context, QObject *parent);
    ~DemoConnection() override;

    /// Answers 503 at once and ends: the server has too many connections.
    void refuse();

    // For exchanges.
    [[nodiscard]] const Request &request() const { return m_request; }
    [[nodiscard]] DemoContext &context() const { return m_context; }
    [[nodiscard]] DemoSocket &socket() { return m_socket; }
    /// Sends an answer's head, completed with Date and CORS fields; the framing follows from its fields (RFC 9112
    /// section 6).
    void sendHead(HttpHead head);
    /// Content, in that framing.
    void sendBody(ByteView bytes);
    /// The answer is complete: the next request's turn, or the end.
    void endAnswer(const Headers &trailers = {});
    /// From now on the peer's bytes go to the exchange as they are (RFC 9110 section 7.8).
    void takeOver();
    void write(ByteView raw) { m_socket.write(raw); }

Q_SIGNALS:
    void closed();

private:
    /// Whether the next request has to wait.
    [[nodiscard]] bool isBusy() const { return m_exchange || m_awaitsTurn || m_ending; }
    void onReceived(ByteView plain);
    void onDrained();
    void parse();
    void take(const HttpFact &fact);
    void onHead(std::shared_ptr<const HttpHead> head);
    void onRequest();
    void answer(const Answer &answer);
    void refuseAndFinish(const Answer &answer);
    void onFailure();
    void onPeerEnded();
    void startExchange(std::unique_ptr<Exchange> exchange);
    void dropExchange();
    void flushCodec();

    DemoContext &m_context;
    DemoSocket m_socket;
    Http1Codec m_codec;
    QTimer m_patience; ///< until a request is whole, and behind the peer's FIN
    Request m_request;
    std::unique_ptr<Exchange> m_exchange;
    std::vector<std::unique_ptr<Exchange>> m_ended; ///< until the event loop's next round
    Bytes m_feeding;                                ///< what the codec is working on
    Bytes m_waiting;                                ///< what came behind it
    std::uint64_t m_feedingBegin = 0;               ///< where m_feeding begins in the connection's input
    std::uint64_t m_consumed = 0;                   ///< up to where the codec's facts went
    bool m_taken = false;
    bool m_awaitsTurn = false; ///< between an answer and the next request
    bool m_peerEnded = false;
    bool m_ending = false;
};

} // namespace pushscope::demo
