#include "core/demo/democonnection.h"

#include "core/demo/http1connection.h"
#include "core/demo/http2connection.h"
#include "core/demo/plainrefusal.h"
#include "core/wire/http/http2frame.h"

#include <chrono>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::chrono::seconds kOpeningPatience{60};
} // namespace

DemoConnection::DemoConnection(qintptr descriptor, std::unique_ptr<TlsChannel> tls, DemoContext &context,
                               QObject *parent)
    : QObject(parent), m_context(context), m_socket(descriptor, std::move(tls), this)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, &m_socket, &DemoSocket::finish);
    m_patience.start(kOpeningPatience);
    connect(&m_socket, &DemoSocket::received, this, &DemoConnection::onReceived);
    connect(&m_socket, &DemoSocket::peerEnded, this, [this] {
        if (m_http)
            m_http->peerEnded();
        else
            m_socket.finish();
    });
    connect(&m_socket, &DemoSocket::drained, this, [this] {
        if (m_http)
            m_http->drained();
    });
    connect(&m_socket, &DemoSocket::closed, this, [this] {
        if (m_http)
            m_http->abandon();
        Q_EMIT closed();
    });
}

DemoConnection::~DemoConnection()
{
    if (m_http)
        m_http->leave();
}

void DemoConnection::refuse()
{
    refusePlainly(m_socket, textAnswer(503, "this demo server has as many connections as it takes; close some"));
}

void DemoConnection::onReceived(ByteView plain)
{
    if (m_http) {
        m_http->receive(plain);
        return;
    }
    m_opening.append(plain);
    m_http = versionOf(m_opening);
    if (!m_http)
        return;
    m_patience.stop();
    m_http->receive(std::exchange(m_opening, {}));
}

std::unique_ptr<HttpConnection> DemoConnection::versionOf(ByteView opening)
{
    // A TLS record (RFC 8446 section 5.1) is no request line, and no line end may ever follow to say so.
    constexpr char tlsHandshake = 0x16;
    // As much of HTTP/2's preface as looks like a request line (RFC 9113 section 3.4); the codec judges the rest.
    constexpr ByteView requestLine = Http2Preface.substr(0, Http2Preface.find('\r'));
    if (m_socket.alpn() == "h2")
        return std::make_unique<Http2Connection>(m_socket, m_context);
    if (!m_socket.isSecure() && opening.front() == tlsHandshake) {
        refusePlainly(m_socket, textAnswer(400, "this port speaks cleartext HTTP; the other one speaks TLS"));
        return nullptr;
    }
    if (requestLine.starts_with(opening) && opening.size() < requestLine.size())
        return nullptr;
    if (!opening.starts_with(requestLine))
        return std::make_unique<Http1Connection>(m_socket, m_context);
    if (!m_socket.isSecure())
        return std::make_unique<Http2Connection>(m_socket, m_context);
    refusePlainly(m_socket, textAnswer(505, "over TLS a client that wants HTTP/2 offers h2 by ALPN, and this one "
                                            "agreed on HTTP/1.1 (RFC 9113 section 3.2)"));
    return nullptr;
}

} // namespace pushscope::demo
