#include "core/engine/nativesocket.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace pushscope {

NativeSocket::NativeSocket(std::intptr_t descriptor)
    : m_descriptor(fcntl(static_cast<int>(descriptor), F_DUPFD_CLOEXEC, 0))
{
}

NativeSocket::NativeSocket(NativeSocket &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_sendingShut(other.m_sendingShut),
      m_sawReset(other.m_sawReset)
{
}

NativeSocket &NativeSocket::operator=(NativeSocket &&other) noexcept
{
    release();
    m_descriptor = std::exchange(other.m_descriptor, -1);
    m_sendingShut = other.m_sendingShut;
    m_sawReset = other.m_sawReset;
    return *this;
}

NativeSocket::~NativeSocket()
{
    release();
}

std::string NativeSocket::localEndpoint() const
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> port{};
    if (::getsockname(m_descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0 ||
        ::getnameinfo(reinterpret_cast<sockaddr *>(&address), size, host.data(), host.size(), port.data(), port.size(),
                      NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return {};
    const std::string name = host.data();
    return (address.ss_family == AF_INET6 ? "[" + name + "]" : name) + ":" + port.data();
}

NativeSocket::PeerEnd NativeSocket::peerEnd() const
{
    tcp_info info{};
    socklen_t size = sizeof info;
    if (m_descriptor < 0 || getsockopt(m_descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return PeerEnd::Open;
    switch (info.tcpi_state) {
    case TCP_CLOSE_WAIT:
    case TCP_LAST_ACK:
    case TCP_CLOSING:
    case TCP_TIME_WAIT: return PeerEnd::Fin;
    case TCP_CLOSE: break;
    default: return PeerEnd::Open;
    }
    // A socket that left TIME_WAIT behind is CLOSE too: after a half close of ours that was the peer's FIN, unless we
    // saw otherwise.
    return m_sendingShut && !m_sawReset ? PeerEnd::Fin : PeerEnd::Reset;
}

void NativeSocket::peekEnd()
{
    char byte = 0;
    if (m_descriptor >= 0 && recv(m_descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0)
        m_sawReset |= errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
}

std::size_t NativeSocket::readRest(std::span<char> room)
{
    const ssize_t size = m_descriptor < 0 ? 0 : recv(m_descriptor, room.data(), room.size(), MSG_DONTWAIT);
    return size > 0 ? static_cast<std::size_t>(size) : 0;
}

bool NativeSocket::shutdownSending()
{
    m_sendingShut = m_descriptor >= 0 && shutdown(m_descriptor, SHUT_WR) == 0;
    return m_sendingShut;
}

void NativeSocket::resetOnClose()
{
    const linger none{1, 0};
    if (m_descriptor >= 0)
        setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

void NativeSocket::release()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

} // namespace pushscope
