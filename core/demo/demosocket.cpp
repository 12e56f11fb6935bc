#include "core/demo/demosocket.h"

#include <QHostAddress>
#include <QPointer>

#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pushscope::demo {

namespace {
constexpr std::size_t kReadSize = 64 * 1024;
constexpr int kReadsInARow = 8; // then other connections have their turn
constexpr std::chrono::seconds kLinger{2};

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}
} // namespace

DemoSocket::DemoSocket(qintptr descriptor, std::unique_ptr<TlsChannel> tls, QObject *parent)
    : QObject(parent), m_descriptor(static_cast<int>(descriptor)), m_tls(std::move(tls)),
      m_readable(descriptor, QSocketNotifier::Read), m_writable(descriptor, QSocketNotifier::Write)
{
    m_writable.setEnabled(false);
    m_linger.setSingleShot(true);
    ::fcntl(m_descriptor, F_SETFL, ::fcntl(m_descriptor, F_GETFL) | O_NONBLOCK); // QTcpServer hands out blocking ones
    const int on = 1; // each write is to be seen at once: scenarios time their bytes
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connect(&m_readable, &QSocketNotifier::activated, this, &DemoSocket::onReadable);
    connect(&m_writable, &QSocketNotifier::activated, this, &DemoSocket::onWritable);
    connect(&m_linger, &QTimer::timeout, this, &DemoSocket::close);
}

DemoSocket::~DemoSocket()
{
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void DemoSocket::write(ByteView plain)
{
    if (m_descriptor < 0 || m_ending != Ending::None)
        return;
    if (m_tls) {
        m_tls->write(plain);
        flush();
        return;
    }
    if (pending() == 0) {
        const ssize_t sent = ::send(m_descriptor, plain.data(), plain.size(), MSG_NOSIGNAL);
        plain.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
    }
    if (!plain.empty()) {
        m_output.append(plain);
        m_writable.setEnabled(true);
        updateReading();
    }
}

void DemoSocket::requestTurn()
{
    if (m_descriptor < 0)
        return;
    m_turnWanted = true;
    m_writable.setEnabled(true);
}

void DemoSocket::setReading(bool reading)
{
    m_reading = reading;
    updateReading();
}

void DemoSocket::updateReading()
{
    // Behind our end what comes is thrown away: room makes no difference.
    m_readable.setEnabled(m_descriptor >= 0 && m_reading && (hasRoom() || m_ending == Ending::Finish));
}

void DemoSocket::finish()
{
    if (m_descriptor < 0 || m_ending == Ending::Finish || m_ending == Ending::Reset)
        return;
    if (m_tls) {
        m_tls->close();
        flush();
    }
    m_ending = Ending::Finish;
    setReading(true);
    endWhenSent();
}

void DemoSocket::halfClose()
{
    if (m_descriptor < 0 || m_ending != Ending::None)
        return;
    if (m_tls) {
        m_tls->close();
        flush();
    }
    m_ending = Ending::HalfClose;
    endWhenSent();
}

void DemoSocket::reset()
{
    m_ending = Ending::Reset;
    endWhenSent();
}

std::string DemoSocket::localAddress() const
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(m_descriptor, reinterpret_cast<sockaddr *>(&storage), &size) != 0)
        return {};
    QHostAddress address(reinterpret_cast<const sockaddr *>(&storage));
    bool isIpv4 = false; // a socket bound to :: shows IPv4 as ::ffff:a.b.c.d
    if (const quint32 ipv4 = address.toIPv4Address(&isIpv4); isIpv4)
        address = QHostAddress(ipv4);
    const std::string text = address.toString().toStdString();
    return address.protocol() == QAbstractSocket::IPv6Protocol ? "[" + text + "]" : text;
}

void DemoSocket::onReadable()
{
    alignas(4096) static thread_local std::array<char, kReadSize> buffer;
    const QPointer<DemoSocket> self(this); // a receiver may end the connection
    for (int i = 0; i < kReadsInARow && self && m_descriptor >= 0 && m_readable.isEnabled(); ++i) {
        const ssize_t size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (size < 0) {
            if (!wouldBlock(errno))
                close();
            return;
        }
        if (size == 0) {
            setReading(false);
            if (m_ending == Ending::Finish && m_finSent)
                close();
            else
                Q_EMIT peerEnded();
            return;
        }
        deliver(ByteView(buffer.data(), static_cast<std::size_t>(size)));
        if (static_cast<std::size_t>(size) < buffer.size())
            return;
    }
}

void DemoSocket::deliver(ByteView wire)
{
    if (m_ending == Ending::Finish) // nobody listens any more
        return;
    if (!m_tls) {
        Q_EMIT received(wire);
        return;
    }
    const QPointer<DemoSocket> self(this);
    std::array<char, 16 * 1024> plain; // the largest TLS record (RFC 8446 section 5.1)
    m_tls->feed(wire);
    for (;;) {
        const std::size_t size = m_tls->read(plain.data(), plain.size());
        if (size == 0)
            break;
        Q_EMIT received(ByteView(plain.data(), size));
        if (!self || m_descriptor < 0)
            return;
    }
    flush();
    if (m_tls->state() == TlsChannel::State::Failed)
        finish();
    else if (m_tls->state() == TlsChannel::State::PeerClosed && m_ending == Ending::None)
        Q_EMIT peerEnded();
}

void DemoSocket::flush()
{
    const Bytes cipherText = m_tls->takeOutput();
    if (cipherText.empty())
        return;
    m_output.append(cipherText);
    sendPending();
}

void DemoSocket::onWritable()
{
    sendPending();
    if (m_descriptor < 0 || !hasRoom())
        return;
    m_turnWanted = false;
    m_writable.setEnabled(pending() > 0);
    if (m_ending == Ending::None)
        Q_EMIT drained();
}

void DemoSocket::sendPending()
{
    while (m_sent < m_output.size()) {
        const ssize_t sent = ::send(m_descriptor, m_output.data() + m_sent, m_output.size() - m_sent, MSG_NOSIGNAL);
        if (sent < 0) {
            if (!wouldBlock(errno)) {
                // Not here: the caller is in the middle of its answer.
                QMetaObject::invokeMethod(this, &DemoSocket::close, Qt::QueuedConnection);
                m_output.clear();
                m_sent = 0;
                m_ending = Ending::Reset;
                return;
            }
            break;
        }
        m_sent += static_cast<std::size_t>(sent);
    }
    if (m_sent == m_output.size()) {
        m_output.clear();
        m_sent = 0;
        endWhenSent();
    } else if (m_sent > m_output.size() / 2) {
        m_output.erase(0, m_sent);
        m_sent = 0;
    }
    if (m_descriptor >= 0)
        m_writable.setEnabled(pending() > 0 || m_turnWanted);
    updateReading();
}

void DemoSocket::endWhenSent()
{
    if (m_descriptor < 0 || pending() > 0)
        return;
    switch (m_ending) {
    case Ending::None: return;
    case Ending::HalfClose:
        ::shutdown(m_descriptor, SHUT_WR);
        m_finSent = true;
        return;
    case Ending::Finish:
        if (!m_finSent)
            ::shutdown(m_descriptor, SHUT_WR);
        m_finSent = true;
        m_linger.start(kLinger);
        return;
    case Ending::Reset: {
        const linger hard{1, 0};
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        QMetaObject::invokeMethod(this, &DemoSocket::close, Qt::QueuedConnection);
        return;
    }
    }
}

void DemoSocket::close()
{
    if (m_descriptor < 0)
        return;
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    ::close(m_descriptor);
    m_descriptor = -1;
    Q_EMIT closed();
}

} // namespace pushscope::demo
