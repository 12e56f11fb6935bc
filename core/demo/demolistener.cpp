#include "core/demo/demolistener.h"

#include <QTimer>

#include <chrono>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::chrono::seconds kPause{1};
constexpr int kAttempts = 20; // a port that is free on one address may be taken on the other
} // namespace

/// Gives the descriptor away instead of making a QTcpSocket.
class DemoListener::Server : public QTcpServer
{
public:
    explicit Server(const AcceptHandler &onAccept) : m_onAccept(onAccept)
    {
        // Out of descriptors QTcpServer stops accepting for good; there will be some again.
        connect(this, &QTcpServer::acceptError, this,
                [this] { QTimer::singleShot(kPause, this, &QTcpServer::resumeAccepting); });
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_onAccept(descriptor); }

private:
    const AcceptHandler &m_onAccept;
};

DemoListener::DemoListener(AcceptHandler onAccept) : m_onAccept(std::move(onAccept)) {}

DemoListener::~DemoListener() = default;

Expected<std::uint16_t, Error> DemoListener::listen(const std::vector<QHostAddress> &addresses, std::uint16_t port)
{
    auto listening = tryListen(addresses, port);
    for (int i = 1; port == 0 && i < kAttempts && !listening && listening.error().code == ErrorCode::PortInUse; ++i)
        listening = tryListen(addresses, port);
    return listening;
}

Expected<std::uint16_t, Error> DemoListener::tryListen(const std::vector<QHostAddress> &addresses, std::uint16_t port)
{
    m_servers.clear();
    std::uint16_t listening = port;
    Error missing{ErrorCode::TcpFailed, "there is no address to listen on"};
    for (const QHostAddress &address : addresses) {
        auto server = std::make_unique<Server>(m_onAccept);
        if (server->listen(address, listening)) {
            listening = server->serverPort();
            m_servers.push_back(std::move(server));
            continue;
        }
        const std::string what = "cannot listen on " + address.toString().toStdString() + " port " +
                                 std::to_string(listening) + ": " + server->errorString().toStdString();
        if (server->serverError() == QAbstractSocket::AddressInUseError) {
            m_servers.clear();
            return Error{ErrorCode::PortInUse, what};
        }
        missing = {ErrorCode::TcpFailed, what};
    }
    if (m_servers.empty())
        return missing;
    return listening;
}

} // namespace pushscope::demo
