#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

/// A server's end of one HTTP/2 connection that sends COUNT events to each stream, one in each DATA frame, as fast as
/// the client's windows and its socket allow. It is real as far as such a client needs it: SETTINGS both ways, PING
/// answered, an answer to each HEADERS, and never a byte more than WINDOW_UPDATE has given (RFC 9113 section 5.2).
class Http2Source
{
public:
    /// `frames` are whole DATA frames of stream 1 without END_STREAM.
    /// `ssl` is the descriptor's, or null.
    Http2Source(int descriptor, SSL *ssl, const std::string &frames);

    /// `received` is what came already: the client's preface, or its beginning. Returns when the client closes.
    void serve(std::string received);

private:
    struct Stream
    {
        std::size_t at = 0; ///< of the frames
        std::int64_t window = 0;
        bool ended = false;
    };

    bool takeFrames();
    void takeFrame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, const char *payload,
                   std::size_t length);
    void takeSettings(const char *payload, std::size_t length);
    void openStream(std::uint32_t stream);
    /// A turn for each stream that may send.
    void sendTurns();
    void sendTurn(std::uint32_t id, Stream &stream);
    bool mayGoOn() const;
    bool flush();
    /// How many bytes were done: 0 when the socket is not ready, below when it is closed.
    long read(char *bytes, std::size_t size);
    long write(const char *bytes, std::size_t size);
    long outcome(long done) const;

    int m_descriptor;
    SSL *m_ssl;
    const std::string &m_frames;
    std::string m_in, m_out;
    bool m_greeted = false; ///< the preface is there
    std::size_t m_sent = 0; ///< of m_out
    std::map<std::uint32_t, Stream> m_streams;
    std::int64_t m_window = 65535;
    std::int64_t m_initialWindow = 65535;
};

/// A whole frame (RFC 9113 section 4.1).
void appendFrame(std::string &out, std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                 const std::string &payload);
