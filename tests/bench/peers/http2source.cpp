#include "tests/bench/peers/http2source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace {

constexpr std::size_t prefaceSize = 24; ///< RFC 9113 section 3.4
constexpr std::size_t frameHeader = 9;
constexpr std::size_t turn = 16 * 1024;           ///< what a stream sends before the next one may
constexpr std::size_t enoughWaiting = 256 * 1024; ///< of bytes that the socket has not taken
constexpr std::uint8_t data = 0, headers = 1, rstStream = 3, settings = 4, ping = 6, windowUpdate = 8;
constexpr std::uint8_t endStream = 1, ack = 1, endHeaders = 4;
constexpr std::uint16_t initialWindowSize = 4;

std::uint32_t number(const char *bytes, unsigned count)
{
    std::uint32_t value = 0;
    for (unsigned i = 0; i < count; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    return value;
}

void putNumber(char *bytes, std::uint32_t value, unsigned count)
{
    for (unsigned i = 0; i < count; ++i)
        bytes[i] = static_cast<char>(value >> ((count - 1 - i) * 8));
}

} // namespace

void appendFrame(std::string &out, std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                 const std::string &payload)
{
    char header[frameHeader];
    putNumber(header, static_cast<std::uint32_t>(payload.size()), 3);
    header[3] = static_cast<char>(type);
    header[4] = static_cast<char>(flags);
    putNumber(header + 5, stream, 4);
    out.append(header, frameHeader).append(payload);
}

Http2Source::Http2Source(int descriptor, SSL *ssl, const std::string &frames)
    : m_descriptor(descriptor), m_ssl(ssl), m_frames(frames)
{
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    appendFrame(m_out, settings, 0, 0, std::string("\0\3\0\0\3\xe8", 6)); // MAX_CONCURRENT_STREAMS 1000
}

void Http2Source::serve(std::string received)
{
    m_in = std::move(received);
    if (!takeFrames())
        return;
    for (;;) {
        sendTurns();
        const bool waits = m_out.size() > m_sent;
        pollfd poller{m_descriptor, static_cast<short>(POLLIN | (waits ? POLLOUT : 0)), 0};
        if (::poll(&poller, 1, 60'000) <= 0)
            return;
        if ((poller.revents & POLLOUT) && !flush())
            return;
        if (poller.revents & (POLLIN | POLLHUP | POLLERR)) {
            char buffer[16 * 1024];
            long size = 0;
            while ((size = read(buffer, sizeof buffer)) > 0)
                m_in.append(buffer, static_cast<std::size_t>(size));
            if (size < 0 || !takeFrames())
                return;
        }
    }
}

bool Http2Source::takeFrames()
{
    if (!m_greeted && m_in.size() < prefaceSize)
        return flush();
    std::size_t at = std::exchange(m_greeted, true) ? 0 : prefaceSize;
    while (m_in.size() - at >= frameHeader) {
        const char *frame = m_in.data() + at;
        const std::size_t length = number(frame, 3);
        if (m_in.size() - at < frameHeader + length)
            break;
        takeFrame(static_cast<std::uint8_t>(frame[3]), static_cast<std::uint8_t>(frame[4]), number(frame + 5, 4),
                  frame + frameHeader, length);
        at += frameHeader + length;
    }
    m_in.erase(0, at);
    return flush();
}

void Http2Source::takeFrame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, const char *payload,
                            std::size_t length)
{
    if (type == settings && !(flags & ack)) {
        takeSettings(payload, length);
    } else if (type == ping && !(flags & ack)) {
        appendFrame(m_out, ping, ack, 0, std::string(payload, length));
    } else if (type == headers) {
        openStream(stream);
    } else if (type == rstStream) {
        m_streams.erase(stream);
    } else if (type == windowUpdate && length == 4) {
        const auto found = m_streams.find(stream);
        if (stream == 0)
            m_window += number(payload, 4);
        else if (found != m_streams.end())
            found->second.window += number(payload, 4);
    }
}

void Http2Source::takeSettings(const char *payload, std::size_t length)
{
    for (std::size_t at = 0; at + 6 <= length; at += 6) {
        if (number(payload + at, 2) != initialWindowSize)
            continue;
        const std::int64_t value = number(payload + at + 2, 4);
        for (auto &[id, stream] : m_streams) // RFC 9113 section 6.9.2
            stream.window += value - m_initialWindow;
        m_initialWindow = value;
    }
    appendFrame(m_out, settings, ack, 0, {});
}

void Http2Source::openStream(std::uint32_t stream)
{
    // :status 200 by its index, content-type without indexing by its name's (RFC 7541 appendix A: 8 and 31).
    static const std::string answer = std::string("\x88\x0f\x10\x11", 4) + "text/event-stream";
    appendFrame(m_out, headers, endHeaders, stream, answer);
    m_streams[stream] = {0, m_initialWindow, false};
}

void Http2Source::sendTurns()
{
    while (m_out.size() - m_sent < enoughWaiting && mayGoOn()) {
        for (auto &[id, stream] : m_streams)
            sendTurn(id, stream);
        if (!flush())
            return;
    }
}

bool Http2Source::mayGoOn() const
{
    return std::any_of(m_streams.begin(), m_streams.end(), [this](const auto &entry) {
        const Stream &stream = entry.second;
        if (stream.at == m_frames.size())
            return !stream.ended;
        const std::int64_t next = number(m_frames.data() + stream.at, 3);
        return next <= std::min(stream.window, m_window);
    });
}

void Http2Source::sendTurn(std::uint32_t id, Stream &stream)
{
    const std::size_t begin = stream.at;
    while (stream.at < m_frames.size() && stream.at - begin < turn) {
        const std::uint32_t length = number(m_frames.data() + stream.at, 3);
        if (length > std::min(stream.window, m_window))
            break;
        stream.window -= length;
        m_window -= length;
        stream.at += frameHeader + length;
    }
    const std::size_t copied = m_out.size();
    m_out.append(m_frames, begin, stream.at - begin);
    for (std::size_t at = copied; id != 1 && at < m_out.size(); at += frameHeader + number(m_out.data() + at, 3))
        putNumber(m_out.data() + at + 5, id, 4);
    if (stream.at == m_frames.size() && !stream.ended) {
        appendFrame(m_out, data, endStream, id, {});
        stream.ended = true;
    }
}

bool Http2Source::flush()
{
    while (m_sent < m_out.size()) {
        const long size = write(m_out.data() + m_sent, m_out.size() - m_sent);
        if (size <= 0)
            return size == 0;
        m_sent += static_cast<std::size_t>(size);
    }
    m_out.clear();
    m_sent = 0;
    return true;
}

long Http2Source::read(char *bytes, std::size_t size)
{
    const long done = m_ssl ? SSL_read(m_ssl, bytes, static_cast<int>(size)) : ::recv(m_descriptor, bytes, size, 0);
    return !m_ssl && done == 0 ? -1 : outcome(done);
}

long Http2Source::write(const char *bytes, std::size_t size)
{
    return outcome(m_ssl ? SSL_write(m_ssl, bytes, static_cast<int>(size))
                         : ::send(m_descriptor, bytes, size, MSG_NOSIGNAL));
}

long Http2Source::outcome(long done) const
{
    if (done > 0)
        return done;
    if (!m_ssl)
        return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
    const int error = SSL_get_error(m_ssl, static_cast<int>(done));
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}
