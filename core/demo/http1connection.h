#pragma once

#include "core/demo/demosocket.h"
#include "core/demo/http1stream.h"
#include "core/demo/httpconnection.h"
#include "core/wire/http/http1codec.h"

#include <QTimer>

#include <memory>
#include <vector>

namespace pushscope::demo {

/// HTTP/1.1 (and 1.0) on a connection: reads requests one after the other, has each answered, and keeps the limits.
class Http1Connection final : public HttpConnection
{
    Q_OBJECT
public:
    Http1Connection(DemoSocket &socket, DemoContext &context);

    void receive(ByteView plain) override;
    void drained() override;
    void peerEnded() override;
    void abandon() override { dropStream(); }

    // For its stream.
    [[nodiscard]] Http1Codec &codec() { return m_codec; }
    [[nodiscard]] DemoSocket &socket() { return m_socket; }
    void flush() { m_socket.write(m_codec.takeOutput()); }
    /// The answer is complete: the next request's turn, or the end.
    void onAnswered();
    /// The connection's bytes are the exchange's: those that are here already follow.
    void onAccepted();

private:
    /// Whether the next request has to wait.
    [[nodiscard]] bool isBusy() const { return exchange() || m_awaitsTurn || m_ending; }
    [[nodiscard]] Exchange *exchange() const { return m_stream ? m_stream->exchange() : nullptr; }
    void parse();
    void take(const HttpFact &fact);
    void onHead(std::shared_ptr<const HttpHead> head);
    void onRequest();
    void handOver();
    void onFailure();
    void dropStream();

    DemoContext &m_context;
    DemoSocket &m_socket;
    Http1Codec m_codec;
    QTimer m_patience; ///< until a request is whole, and behind the peer's FIN
    std::unique_ptr<Http1Stream> m_stream;
    std::vector<std::unique_ptr<Http1Stream>> m_ended; ///< until the event loop's next round
    Bytes m_feeding;                                   ///< what the codec is working on
    Bytes m_waiting;                                   ///< what came behind it
    std::uint64_t m_feedingBegin = 0;                  ///< where m_feeding begins in the connection's input
    std::uint64_t m_consumed = 0;                      ///< up to where the codec's facts went
    bool m_awaitsTurn = false;                         ///< between an answer and the next request
    bool m_peerEnded = false;
    bool m_ending = false;
};

} // namespace pushscope::demo
