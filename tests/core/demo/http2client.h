#pragma once

#include "core/wire/http/http2codec.h"
#include "tests/core/demo/rawclient.h"

#include <QByteArray>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace pushscope {

/// What came on one stream.
struct Http2Answer
{
    std::vector<HttpHead> interim;
    std::optional<HttpHead> head;
    Bytes body;
    Headers trailers;
    bool isEnded = false;
    std::optional<Http2ErrorCode> reset;

    [[nodiscard]] bool isOver() const { return isEnded || reset; }
    /// "200 content end", "200 content cut CANCEL", "... open"
    [[nodiscard]] QByteArray text() const;
};

/// A frame that the server sent.
struct Http2SentFrame
{
    Http2FrameHeader header;
    Bytes payload;
};

/// A client that speaks HTTP/2 by prior knowledge on a RawClient's socket and keeps all that comes. Waits up to five
/// seconds.
class Http2Client
{
public:
    explicit Http2Client(std::uint16_t port, Http2Codec::Options options = {});

    [[nodiscard]] Http2Codec &codec() { return m_codec; }
    [[nodiscard]] RawClient &socket() { return m_socket; }
    /// A request with these further fields (pseudo-header fields first, if any).
    StreamId request(std::string_view method, std::string_view target, const Headers &fields = {}, ByteView body = {});
    StreamId get(std::string_view target, const Headers &fields = {}) { return request("GET", target, fields); }
    /// An extended CONNECT (RFC 8441).
    StreamId openWebSocket(std::string_view target, const Headers &fields = {},
                           std::string_view protocol = "websocket");
    void send(StreamId stream, ByteView bytes);
    void flush() { m_socket.send(m_codec.takeOutput()); }
    /// Reads and answers what the codec answers, until that holds, the connection ends or time is up.
    bool readUntil(const std::function<bool()> &condition);
    bool readToEnd(StreamId stream);
    bool readBody(StreamId stream, std::size_t bytes);
    [[nodiscard]] Http2Answer &answer(StreamId stream) { return m_answers[stream.value]; }
    [[nodiscard]] const std::vector<HttpFact> &connectionFacts() const { return m_connectionFacts; }
    [[nodiscard]] const std::vector<Http2SentFrame> &frames() const { return m_frames; }
    [[nodiscard]] std::size_t count(Http2FrameType type, StreamId stream) const;
    /// Whether stream windows are given back as content comes.
    void setConsuming(bool consuming) { m_consuming = consuming; }

private:
    bool readMore();
    void take(const HttpFact &fact);
    void splitFrames();

    std::uint16_t m_port;
    RawClient m_socket;
    Http2Codec m_codec;
    std::size_t m_fed = 0;   ///< of what the socket received
    std::size_t m_split = 0; ///< of the same
    bool m_consuming = true;
    std::map<std::uint32_t, Http2Answer> m_answers;
    std::vector<HttpFact> m_connectionFacts;
    std::vector<Http2SentFrame> m_frames;
};

} // namespace pushscope
