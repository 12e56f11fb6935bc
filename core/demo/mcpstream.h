#pragma once

#include "core/demo/exchange.h"
#include "core/demo/mcpsessions.h"

#include <QTimer>

#include <cstdint>
#include <map>
#include <string>

namespace pushscope::demo {

/// A session's own stream: the server's pings, and in the older transport the replies too.
class McpStream : public Exchange, public McpListener
{
public:
    enum class Transport : std::uint8_t {
        Streamable, ///< GET of the endpoint itself (MCP 2025-06-18)
        Older,      ///< HTTP with SSE (MCP 2024-11-05): the first event tells where to post; the session ends with it
    };
    McpStream(DemoStream &stream, std::string session, Transport transport);
    ~McpStream() override;
    void start() override;
    [[nodiscard]] bool deliver(const McpTurn &turn) override;
    void dismiss() override;

private:
    void ping();
    void sendDue();
    void send(const Bytes &event);

    std::string m_session;
    Transport m_transport;
    QTimer m_pingTimer;
    QTimer m_dueTimer;
    std::uint64_t m_pings = 0;
    std::multimap<std::int64_t, Bytes> m_due; ///< messages by the clock's nanoseconds
    bool m_done = false;
};

} // namespace pushscope::demo
