#include "tests/core/demo/rawclient.h"

#include "core/wire/http/http1writer.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pushscope {

namespace {

constexpr int kPatience = 5000; // milliseconds

bool waitFor(int descriptor, short events, int milliseconds)
{
    pollfd entry{descriptor, events, 0};
    return ::poll(&entry, 1, milliseconds) == 1;
}

} // namespace

RawClient::RawClient(std::uint16_t port, bool ipv6)
{
    m_descriptor = ::socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    v6.sin6_addr = in6addr_loopback;
    const auto *address = ipv6 ? reinterpret_cast<const sockaddr *>(&v6) : reinterpret_cast<const sockaddr *>(&v4);
    if (::connect(m_descriptor, address, ipv6 ? sizeof v6 : sizeof v4) != 0) {
        ::close(m_descriptor);
        m_descriptor = -1;
        m_end = End::Reset;
    }
}

RawClient::~RawClient()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void RawClient::send(ByteView bytes)
{
    while (!bytes.empty() && waitFor(m_descriptor, POLLOUT, kPatience)) {
        const ssize_t sent = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void RawClient::sendFin()
{
    ::shutdown(m_descriptor, SHUT_WR);
}

bool RawClient::readMore()
{
    if (m_end != End::Open || !waitFor(m_descriptor, POLLIN, kPatience))
        return false;
    std::array<char, 65'536> buffer;
    const ssize_t size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (size > 0) {
        m_received.append(buffer.data(), static_cast<std::size_t>(size));
        return true;
    }
    m_end = size == 0 ? End::Fin : End::Reset;
    return false;
}

bool RawClient::readUntil(ByteView text)
{
    while (m_received.find(text) == Bytes::npos) {
        if (!readMore())
            return false;
    }
    return true;
}

bool RawClient::readBytes(std::size_t count)
{
    while (m_received.size() < count) {
        if (!readMore())
            return false;
    }
    return true;
}

RawClient::End RawClient::readToEnd()
{
    while (readMore()) {
    }
    return m_end;
}

bool RawClient::fillsUp(std::size_t bytes, ByteView unit)
{
    constexpr int patience = 300;
    ::fcntl(m_descriptor, F_SETFL, O_NONBLOCK);
    Bytes block;
    while (block.size() < 64 * 1024)
        block.append(unit);
    ByteView rest;
    for (std::size_t sent = 0; sent < bytes;) {
        if (rest.empty())
            rest = block;
        const ssize_t size = ::send(m_descriptor, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (size > 0) {
            sent += static_cast<std::size_t>(size);
            rest.remove_prefix(static_cast<std::size_t>(size));
        } else if (errno != EAGAIN || !waitFor(m_descriptor, POLLOUT, patience)) {
            return errno == EAGAIN;
        }
    }
    return false;
}

Bytes getRequest(std::uint16_t port, std::string_view target, std::string_view fields)
{
    return "GET " + Bytes(target) + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) + "\r\n" + Bytes(fields) +
           "\r\n";
}

Bytes openingRequest(std::uint16_t port, std::string_view target, std::string_view fields)
{
    return getRequest(port, target,
                      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                          Bytes(fields));
}

Bytes openingAnswer()
{
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
}

Bytes withoutDate(Bytes answer)
{
    const std::size_t begin = answer.find("Date: ");
    if (begin != Bytes::npos)
        answer.erase(begin, answer.find("\r\n", begin) + 2 - begin);
    return answer;
}

Bytes chunk(ByteView data)
{
    return writeChunk(data);
}

} // namespace pushscope
