#pragma once

#include "core/demo/demosocket.h"
#include "core/demo/http2stream.h"
#include "core/demo/httpconnection.h"
#include "core/wire/http/http2codec.h"

#include <QTimer>

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace pushscope::demo {

/// HTTP/2 on a connection: many requests side by side, each answered on its stream, and the limits of them all. Streams
/// put their frames into the codec; once in the event loop's round they go out together, as far as the socket has room.
class Http2Connection final : public HttpConnection
{
    Q_OBJECT
public:
    Http2Connection(DemoSocket &socket, DemoContext &context);

    void receive(ByteView plain) override;
    void drained() override;
    void peerEnded() override;
    void abandon() override;
    void leave() override;

    // For its streams.
    [[nodiscard]] Http2Codec &codec() { return m_codec; }
    /// How many bytes each stream may have waiting.
    [[nodiscard]] std::size_t share() const;
    /// Counts bytes of the peer's that lie somewhere; false when they are too many.
    [[nodiscard]] bool hold(std::size_t bytes);
    void release(std::size_t bytes) { m_held -= bytes; }
    void requestFlush() { m_socket.requestTurn(); }
    void requestTurn(StreamId stream);
    void onStreamOver(StreamId stream);
    /// RST_STREAM behind what the stream has sent.
    void resetWhenSent(StreamId stream, Http2ErrorCode code) { addReset({stream, code, false}); }
    /// RST_STREAM with NO_ERROR behind what the stream has sent, unless the peer has ended its direction by then (RFC
    /// 9113 section 8.1).
    void dismiss(StreamId stream) { addReset({stream, Http2ErrorCode::NoError, true}); }
    /// Our direction has ended: the peer has a moment to end its own.
    void linger(StreamId stream);

    // For scenarios about the connection itself.
    /// Bytes as they are, behind all that may be sent now.
    void sendRaw(ByteView frames);
    /// As Http2Codec::pad(), behind all that may be sent now.
    void pad(std::size_t padTo);
    /// Takes no request any more, and ends when the last one is answered.
    void goaway(Http2ErrorCode code, ByteView debugData);

private:
    struct PendingReset
    {
        StreamId stream;
        Http2ErrorCode code;
        bool unlessDone;
    };

    void addReset(PendingReset reset);
    void take(const HttpFact &fact);
    void onHead(StreamId id, std::shared_ptr<const HttpHead> head);
    void onEnd(StreamId id);
    void respond(Http2Stream &stream);
    [[nodiscard]] Http2Stream *find(StreamId id) const;
    void flush();
    /// Sends what the codec has and the socket has room for; false when there is more.
    bool sendOutput();
    void noteSent(ByteView frames);
    /// All is sent that may be: resets what waited for that, and ends when nothing is left.
    void settle();
    void retire(std::unique_ptr<Http2Stream> stream);

    DemoContext &m_context;
    DemoSocket &m_socket;
    Http2Codec m_codec;
    QTimer m_patience; ///< while there are no streams, and behind the peer's FIN
    std::unordered_map<std::uint32_t, std::unique_ptr<Http2Stream>> m_streams;
    std::vector<std::unique_ptr<Http2Stream>> m_ended; ///< until the event loop's next round
    std::vector<StreamId> m_turns;                     ///< want their turn
    std::vector<StreamId> m_relieved;                  ///< wanted room, and sent something
    std::vector<PendingReset> m_resets;
    std::size_t m_held = 0; ///< of the peer's bytes, in all streams
    bool m_leaving = false; ///< no further request is taken
    bool m_peerEnded = false;
    bool m_isOver = false;
};

} // namespace pushscope::demo
