#pragma once

#include "core/base/ids.h"
#include "core/demo/demostream.h"
#include "core/wire/http/http2frame.h"

#include <QTimer>

#include <memory>

namespace pushscope::demo {

class Http2Connection;

/// A request over HTTP/2, on a stream of its own beside others: how the stream ends is how the answer does.
class Http2Stream final : public DemoStream
{
    Q_OBJECT
public:
    Http2Stream(Http2Connection &connection, DemoContext &context, Request request, StreamId id);

    void sendBody(ByteView bytes) override;
    void endAnswer(const Headers &trailers = {}) override;
    void accept(const HttpHead &answer) override;
    /// The version frames all there is: the same as sendBody().
    void write(ByteView bytes) override { sendBody(bytes); }
    /// Each event in a DATA frame of its own.
    void write(const EventBatch &events) override;
    [[nodiscard]] std::size_t room() const override;
    void requestTurn() override;
    void setReading(bool reading) override;
    /// END_STREAM where the answer's end is where it ends; RST_STREAM with INTERNAL_ERROR where more was announced.
    void finish() override;
    void halfClose() override;
    void reset() override { resetWith(Http2ErrorCode::Cancel); }
    void refuse(const Answer &answer) override;
    [[nodiscard]] Http2Stream *http2() override { return this; }

    // What only HTTP/2 has.
    [[nodiscard]] StreamId id() const { return m_id; }
    [[nodiscard]] Http2Connection &connection() { return m_connection; }
    /// Whether nothing waits for a window or the socket; when something does, drained() tells of each part that went.
    [[nodiscard]] bool isSent() const;
    /// RST_STREAM behind what was sent.
    void resetWith(Http2ErrorCode code);

    // For the connection.
    /// The stream is over, whoever ended it.
    void end();
    /// The request's content is to come, but not at any time.
    void awaitRest();
    /// Content or a tunnel's bytes.
    void receive(ByteView bytes);
    /// The peer's END_STREAM.
    void peerEnded();
    /// What was sent since room() was nothing made room.
    void drained();
    [[nodiscard]] bool isThirsty() const { return m_isThirsty; }
    /// Bytes of the peer's that lie here.
    [[nodiscard]] std::size_t held() const { return m_waiting.size() + m_request.body.size(); }
    [[nodiscard]] bool isOver() const { return m_isOver; }

protected:
    void writeHead(HttpHead head) override;

private:
    /// How the end of the answer is known.
    enum class Ending { Unknown, Announced, Open };

    void deliver();

    Http2Connection &m_connection;
    StreamId m_id;
    std::unique_ptr<QTimer> m_patience; ///< until the request is whole
    Bytes m_waiting;                    ///< a tunnel's bytes that the exchange does not take yet
    Ending m_ending = Ending::Unknown;
    bool m_isConnect;
    bool m_isTunnel = false;
    bool m_reading = true;
    bool m_isDelivering = false;
    bool m_peerEnded = false;
    bool m_endSent = false;
    bool m_isBeingCut = false;
    bool m_isOver = false;
    mutable bool m_isThirsty = false; ///< somebody was told that there is no room
};

} // namespace pushscope::demo
