#pragma once

#include "core/demo/demoserver.h"
#include "tests/core/demo/rawclient.h"

#include <QByteArray>

#include <cstdint>
#include <string>
#include <string_view>

namespace pushscope {

/// A demo server for one test class, on ports of its own, and what it puts on the wire.
class DemoRun
{
public:
    explicit DemoRun(DemoOptions options = {});

    /// 0 when the server could not start.
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::uint16_t tlsPort() const { return m_tlsPort; }
    [[nodiscard]] DemoServer &server() { return m_server; }
    /// Everything that comes on a connection of its own, up to its end; without the Date field. " FIN", " RST" or "
    /// OPEN" stands behind it.
    [[nodiscard]] QByteArray answer(std::string_view target, std::string_view fields = {}) const;
    /// The content of a chunked event stream, without head and framing, and how it ended: "end", "cut FIN" or "cut
    /// RST".
    [[nodiscard]] QByteArray stream(std::string_view target, std::string_view lastEventId = {}) const;
    /// The same over HTTP/2: "end", or "cut" with RST_STREAM's code.
    [[nodiscard]] QByteArray streamOverHttp2(std::string_view target, std::string_view lastEventId = {}) const;
    /// What follows the 101 of a WebSocket, when as many bytes are there as are expected.
    [[nodiscard]] QByteArray frames(std::string_view target, qsizetype expected) const;
    [[nodiscard]] QByteArray framesOverHttp2(std::string_view target, qsizetype expected) const;

private:
    DemoServer m_server;
    std::uint16_t m_port = 0;
    std::uint16_t m_tlsPort = 0;
};

[[nodiscard]] DemoOptions onFreePorts(std::string bindAddress = {});
/// The port that a URL without a path ends with.
[[nodiscard]] std::uint16_t portOf(std::string_view url);
/// An unmasked frame, short enough for the seven-bit length.
[[nodiscard]] QByteArray shortFrame(unsigned char firstByte, std::string_view payload);

} // namespace pushscope
