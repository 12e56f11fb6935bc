#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/target.h"
#include "core/capture/facts.h"
#include "core/engine/verdict.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace pushscope {

/// Where a transport connects to, and by which way.
struct Route
{
    std::string host; ///< the server's, an A-label or address
    std::uint16_t port = 0;
    std::string address; ///< --resolve: connect here without asking the resolver; "": ask
    ProxyOptions proxy;  ///< None, HttpConnect (the transport ends at the proxy) or Socks5 (it ends at the server)

    friend bool operator==(const Route &, const Route &) = default;
};

/// How a transport ended: by the peer, the network, or without ever connecting (Failed, with the error).
struct TransportEnd
{
    ByteEnd how = ByteEnd::Fin;
    Error error;
};

/// A byte stream to a peer: the seam between the engine and sockets. One thread, that of its event loop; handlers are
/// called from the loop, never from inside a call of ours, and not after close() or drop().
class Transport
{
public:
    struct Handlers
    {
        std::function<void(const DnsFacts &)> resolved;
        std::function<void(const TcpFacts &)> connected;
        std::function<void()> readable;                  ///< read() gives bytes now; called again as long as it does
        std::function<void()> drained;                   ///< unsent() went back to 0
        std::function<void(const TransportEnd &)> ended; ///< once, after the last byte was read
    };

    virtual ~Transport() = default;
    virtual void open(const Route &route, Handlers handlers) = 0;
    /// Moves received bytes to `room`; returns how many, 0 when there are none now. One call is one read of the
    /// socket's.
    virtual std::size_t read(std::span<char> room) = 0;
    /// Whether readable() is called. Not reading fills the socket's buffer, and TCP slows the peer.
    virtual void setReading(bool reading) = 0;
    /// Whether the bytes were taken: false once the connection can't carry any.
    virtual bool write(ByteView bytes) = 0;
    /// Bytes written that the socket has not taken yet.
    [[nodiscard]] virtual std::uint64_t unsent() const = 0;
    /// Sends what is written, then FIN; still receives.
    virtual void closeSending() = 0;
    /// Sends what is written, then closes.
    virtual void close() = 0;
    /// Cuts the connection as a network would: the peer sees RST, what was not sent is lost.
    virtual void drop() = 0;
};

} // namespace pushscope
