#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace pushscope {

/// What Qt hides of a TCP socket. The one place with POSIX socket calls. It holds a duplicate of the descriptor, so
/// that the true end can still be asked for after QTcpSocket, which reports FIN and RST alike, has closed its own: let
/// go of it to let the connection go.
class NativeSocket
{
public:
    enum class PeerEnd : std::uint8_t { Open, Fin, Reset };

    NativeSocket() = default;
    /// Duplicates the descriptor of a connected socket.
    explicit NativeSocket(std::intptr_t descriptor);
    NativeSocket(NativeSocket &&other) noexcept;
    NativeSocket &operator=(NativeSocket &&other) noexcept;
    ~NativeSocket();

    [[nodiscard]] bool isValid() const { return m_descriptor >= 0; }
    /// Our own end, "127.0.0.1:4711" or "[::1]:4711", as the kernel knows it: behind a SOCKS proxy Qt names the
    /// proxy's.
    [[nodiscard]] std::string localEndpoint() const;
    /// How the peer's direction stands, from the kernel's TCP state.
    [[nodiscard]] PeerEnd peerEnd() const;
    /// After shutdownSending() the kernel's state no longer tells FIN from RST once somebody else has read the end:
    /// call it before they do.
    void peekEnd();
    /// Reads what is left when Qt has closed its descriptor over a failed write. Returns 0 when there is no more.
    std::size_t readRest(std::span<char> room);
    /// shutdown(SHUT_WR): FIN after what was sent; receiving goes on.
    bool shutdownSending();
    [[nodiscard]] bool isSendingShut() const { return m_sendingShut; }
    /// SO_LINGER 0: when the last descriptor closes, the peer gets RST.
    void resetOnClose();
    void release();

private:
    int m_descriptor = -1;
    bool m_sendingShut = false;
    bool m_sawReset = false;
};

} // namespace pushscope
