#include "core/demo/referenceserver.h"

#include <QRandomGenerator>
#include <QWebSocket>
#include <QWebSocketCorsAuthenticator>

namespace pushscope::demo {

namespace {
constexpr quint64 kMessageLimit = 64 * 1024 * 1024;

std::string secretOrigin()
{
    const QString secret = QString::number(QRandomGenerator::system()->generate64(), 16) +
                           QString::number(QRandomGenerator::system()->generate64(), 16);
    return "http://" + secret.toStdString() + ".invalid";
}
} // namespace

ReferenceServer::ReferenceServer(QObject *parent)
    : QObject(parent), m_origin(secretOrigin()),
      m_server(QStringLiteral("pushscope reference"), QWebSocketServer::NonSecureMode)
{
    connect(&m_server, &QWebSocketServer::originAuthenticationRequired, this,
            [this](QWebSocketCorsAuthenticator *authenticator) {
                authenticator->setAllowed(authenticator->origin().toStdString() == m_origin);
            });
    connect(&m_server, &QWebSocketServer::newConnection, this, &ReferenceServer::onConnection);
    m_server.listen(QHostAddress::LocalHost, 0);
}

void ReferenceServer::onConnection()
{
    while (QWebSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        socket->setMaxAllowedIncomingFrameSize(kMessageLimit);
        socket->setMaxAllowedIncomingMessageSize(kMessageLimit);
        connect(socket, &QWebSocket::textMessageReceived, socket, &QWebSocket::sendTextMessage);
        connect(socket, &QWebSocket::binaryMessageReceived, socket, &QWebSocket::sendBinaryMessage);
        connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    }
}

} // namespace pushscope::demo
