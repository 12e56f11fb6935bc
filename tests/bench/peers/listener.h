#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>

inline sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// A server of a benchmark: listens on a free port of this machine, prints that, and lives as long as its standard
/// input.
class Listener
{
public:
    Listener() = default;
    ~Listener() { ::close(m_descriptor); }
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    /// False when the system refused.
    [[nodiscard]] bool open() const
    {
        sockaddr_in address = loopback(0);
        socklen_t length = sizeof address;
        if (::bind(m_descriptor, reinterpret_cast<sockaddr *>(&address), length) != 0 ||
            ::listen(m_descriptor, 16) != 0)
            return false;
        ::getsockname(m_descriptor, reinterpret_cast<sockaddr *>(&address), &length);
        std::printf("%d\n", ntohs(address.sin_port));
        std::fflush(stdout);
        return true;
    }
    /// Waits for somebody to call; false when standard input ended instead.
    [[nodiscard]] bool wait() const
    {
        pollfd waiting[2] = {{m_descriptor, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
        return ::poll(waiting, 2, -1) > 0 && waiting[1].revents == 0;
    }
    /// The caller's descriptor, or -1.
    [[nodiscard]] int accept() const { return ::accept(m_descriptor, nullptr, nullptr); }

private:
    int m_descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
};
