#pragma once

#include <QObject>
#include <QWebSocketServer>

#include <cstdint>
#include <string>

namespace pushscope::demo {

/// An echo served by Qt WebSockets on a loopback port of its own: the implementation to compare ours with. Takes
/// connections from the relay alone, which it knows by an Origin that nobody else knows.
class ReferenceServer : public QObject
{
    Q_OBJECT
public:
    explicit ReferenceServer(QObject *parent = nullptr);

    /// 0 when it can't listen.
    [[nodiscard]] std::uint16_t port() const { return m_server.serverPort(); }
    [[nodiscard]] const std::string &origin() const { return m_origin; }

private:
    void onConnection();

    std::string m_origin;
    QWebSocketServer m_server;
};

} // namespace pushscope::demo
