#include "core/demo/democonnection.h"

#include "core/demo/http1connection.h"
#include "core/demo/plainrefusal.h"

#include <utility>

namespace pushscope::demo {

DemoConnection::DemoConnection(qintptr descriptor, std::unique_ptr<TlsChannel> tls, DemoContext &context,
                               QObject *parent)
    : QObject(parent), m_socket(descriptor, std::move(tls), this),
      m_http(std::make_unique<Http1Connection>(m_socket, context))
{
    connect(&m_socket, &DemoSocket::received, this, &DemoConnection::onReceived);
    connect(&m_socket, &DemoSocket::peerEnded, this, [this] { m_http->peerEnded(); });
    connect(&m_socket, &DemoSocket::drained, this, [this] { m_http->drained(); });
    connect(&m_socket, &DemoSocket::closed, this, [this] {
        m_http->abandon();
        Q_EMIT closed();
    });
}

void DemoConnection::refuse()
{
    refusePlainly(m_socket, textAnswer(503, "this demo server has as many connections as it takes; close some"));
}

void DemoConnection::onReceived(ByteView plain)
{
    // A TLS record (RFC 8446 section 5.1) is no request line, and no line end may ever follow to say so.
    constexpr char tlsHandshake = 0x16;
    if (!std::exchange(m_begun, true) && plain.front() == tlsHandshake) {
        refusePlainly(m_socket, textAnswer(400, "this port speaks cleartext HTTP; the other one speaks TLS"));
        return;
    }
    m_http->receive(plain);
}

} // namespace pushscope::demo
