// A long line to a near server: peer-delay PORT MILLISECONDS prints its own port and carries each connection to PORT of
// this machine, every byte so many milliseconds late in either direction. It has no bandwidth to run out of and room
// for all that is under way, so that what limits a feed behind it is the feed's own windows. It serves one connection
// after the other and ends with its standard input.

#include "tests/bench/peers/listener.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <optional>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t readBytes = 256 * 1024;
constexpr std::size_t mostUnderWay = 1u << 30;

class Socket
{
public:
    explicit Socket(int descriptor) : m_descriptor(descriptor)
    {
        const int on = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    }
    ~Socket() { ::close(m_descriptor); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;
    [[nodiscard]] int get() const { return m_descriptor; }

private:
    int m_descriptor;
};

bool mustWait()
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

/// One direction of a connection.
class Line
{
public:
    Line(const Socket &from, const Socket &to, Clock::duration delay) : m_from(from), m_to(to), m_delay(delay) {}

    /// False when it broke.
    bool take()
    {
        std::string bytes(readBytes, '\0');
        const long size = ::recv(m_from.get(), bytes.data(), bytes.size(), 0);
        if (size < 0)
            return mustWait();
        bytes.resize(static_cast<std::size_t>(size));
        m_ended = size == 0;
        m_underWay += bytes.size();
        m_pieces.push_back({Clock::now() + m_delay, std::move(bytes)}); // an empty one is the end
        return true;
    }
    bool give()
    {
        while (due()) {
            Piece &piece = m_pieces.front();
            if (piece.bytes.empty()) {
                ::shutdown(m_to.get(), SHUT_WR);
                m_pieces.pop_front();
                continue;
            }
            const long size =
                ::send(m_to.get(), piece.bytes.data() + m_sent, piece.bytes.size() - m_sent, MSG_NOSIGNAL);
            if (size < 0)
                return mustWait();
            m_sent += static_cast<std::size_t>(size);
            if (m_sent == piece.bytes.size()) {
                m_underWay -= m_sent;
                m_sent = 0;
                m_pieces.pop_front();
            }
        }
        return true;
    }
    [[nodiscard]] bool takes() const { return !m_ended && m_underWay < mostUnderWay; }
    [[nodiscard]] bool due() const { return !m_pieces.empty() && m_pieces.front().due <= Clock::now(); }
    [[nodiscard]] bool isOver() const { return m_ended && m_pieces.empty(); }
    [[nodiscard]] std::optional<Clock::time_point> nextDue() const
    {
        return m_pieces.empty() ? std::nullopt : std::optional(m_pieces.front().due);
    }
    [[nodiscard]] const Socket &from() const { return m_from; }

private:
    struct Piece
    {
        Clock::time_point due;
        std::string bytes;
    };
    const Socket &m_from;
    const Socket &m_to;
    Clock::duration m_delay;
    std::deque<Piece> m_pieces;
    std::size_t m_sent = 0; ///< of the first piece
    std::size_t m_underWay = 0;
    bool m_ended = false;
};

/// Waits until a socket or the clock has something for one of the lines.
bool wait(const std::array<Line *, 2> &lines, std::array<pollfd, 2> &sockets)
{
    auto wakeUp = Clock::now() + std::chrono::seconds(60);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line &line = *lines[i];
        const Line &back = *lines[1 - i];
        const int events = (line.takes() ? POLLIN : 0) | (back.due() ? POLLOUT : 0);
        // Who hung up would be reported again and again where nothing is asked for.
        sockets[i] = {events == 0 ? -1 : line.from().get(), static_cast<short>(events), 0};
        if (line.nextDue() && !line.due())
            wakeUp = std::min(wakeUp, *line.nextDue());
    }
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(wakeUp - Clock::now()).count();
    const timespec patience{left > 0 ? left / 1'000'000'000 : 0, left > 0 ? left % 1'000'000'000 : 0};
    return ::ppoll(sockets.data(), sockets.size(), &patience, nullptr) >= 0;
}

void carry(const Socket &client, const Socket &server, Clock::duration delay)
{
    Line up(client, server, delay);
    Line down(server, client, delay);
    const std::array<Line *, 2> lines{&up, &down};
    std::array<pollfd, 2> sockets{};
    while (!(up.isOver() && down.isOver()) && wait(lines, sockets)) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if ((sockets[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && lines[i]->takes() && !lines[i]->take())
                return;
            if (!lines[i]->give())
                return;
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    const sockaddr_in target = loopback(static_cast<std::uint16_t>(std::atoi(argv[1])));
    const auto delay = std::chrono::milliseconds(std::atoi(argv[2]));
    const Listener listener;
    if (!listener.open())
        return 3;
    while (listener.wait()) {
        const int accepted = listener.accept();
        const int dialled = ::socket(AF_INET, SOCK_STREAM, 0);
        if (accepted < 0 || ::connect(dialled, reinterpret_cast<const sockaddr *>(&target), sizeof target) != 0)
            return 4;
        const Socket client(accepted);
        const Socket server(dialled);
        carry(client, server, delay);
    }
}
