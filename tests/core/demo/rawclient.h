#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <string>

namespace pushscope {

/// A client that is nothing but a TCP socket, so that tests see every byte and every way to end. Waits up to five
/// seconds.
class RawClient
{
public:
    enum class End { Open, Fin, Reset };

    explicit RawClient(std::uint16_t port, bool ipv6 = false);
    ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    [[nodiscard]] bool isConnected() const { return m_descriptor >= 0; }
    void send(ByteView bytes);
    void sendFin();
    /// Reads until the bytes received so far contain that text (or the connection ends, or time is up).
    bool readUntil(ByteView text);
    bool readBytes(std::size_t count);
    /// Reads until the connection ends.
    End readToEnd();
    /// Whether that many bytes, the unit again and again, can't be sent because the peer does not read.
    [[nodiscard]] bool fillsUp(std::size_t bytes, ByteView unit = {"\0", 1});

    [[nodiscard]] const Bytes &received() const { return m_received; }
    [[nodiscard]] End end() const { return m_end; }

private:
    bool readMore();

    int m_descriptor = -1;
    Bytes m_received;
    End m_end = End::Open;
};

/// "GET target HTTP/1.1" to that port of localhost with these further lines, each with its CRLF.
[[nodiscard]] Bytes getRequest(std::uint16_t port, std::string_view target, std::string_view fields = {});
/// An opening request with the key of RFC 6455 section 1.3.
[[nodiscard]] Bytes openingRequest(std::uint16_t port, std::string_view target, std::string_view fields = {});
/// The head of an answer to openingRequest(), without subprotocol.
[[nodiscard]] Bytes openingAnswer();
/// An answer without its Date field, whose value no test knows.
[[nodiscard]] Bytes withoutDate(Bytes answer);
/// A chunk as on the wire.
[[nodiscard]] Bytes chunk(ByteView data);

} // namespace pushscope
