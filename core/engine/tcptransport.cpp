#include "core/engine/tcptransport.h"

#include "core/engine/addressorder.h"

#include <QNetworkProxy>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

std::string endpoint(const std::string &host, std::uint16_t port)
{
    return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
}

std::string endpoint(const QHostAddress &address, std::uint16_t port)
{
    return endpoint(address.toString().toStdString(), port);
}

ErrorCode codeOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: return ErrorCode::TcpRefused;
    case QAbstractSocket::RemoteHostClosedError: return ErrorCode::TcpClosed;
    case QAbstractSocket::HostNotFoundError: return ErrorCode::DnsNotFound;
    case QAbstractSocket::NetworkError: return ErrorCode::TcpUnreachable;
    case QAbstractSocket::SocketTimeoutError: return ErrorCode::TcpTimeout;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError: return ErrorCode::ProxyFailed;
    case QAbstractSocket::SocketAccessError:
    case QAbstractSocket::SocketResourceError:
    case QAbstractSocket::DatagramTooLargeError:
    case QAbstractSocket::AddressInUseError:
    case QAbstractSocket::SocketAddressNotAvailableError:
    case QAbstractSocket::UnsupportedSocketOperationError:
    case QAbstractSocket::UnfinishedSocketOperationError:
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::OperationError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
    case QAbstractSocket::TemporaryError:
    case QAbstractSocket::UnknownSocketError: break;
    }
    return ErrorCode::TcpFailed;
}

/// Names that no resolver is to be asked about: RFC 6761 sections 6.3 (localhost) and 6.4 (invalid).
bool isBelow(std::string_view name, std::string_view domain)
{
    return name.size() > domain.size() && name.ends_with(domain) && name[name.size() - domain.size() - 1] == '.';
}

} // namespace

TcpTransport::TcpTransport(const Clock &clock) : m_clock(clock)
{
    m_nextAttempt.setSingleShot(true);
    connect(&m_nextAttempt, &QTimer::timeout, this, &TcpTransport::startNext);
}

TcpTransport::~TcpTransport()
{
    close();
}

void TcpTransport::open(const Route &route, Handlers handlers)
{
    m_route = route;
    m_handlers = std::move(handlers);
    // Connecting may fail at once; the handlers hear of it from the event loop all the same.
    QMetaObject::invokeMethod(this, &TcpTransport::begin, Qt::QueuedConnection);
}

const std::string &TcpTransport::peerName() const
{
    return m_route.proxy.kind == ProxyOptions::Kind::HttpConnect ? m_route.proxy.host : m_route.host;
}

std::uint16_t TcpTransport::peerPort() const
{
    return m_route.proxy.kind == ProxyOptions::Kind::HttpConnect ? m_route.proxy.port : m_route.port;
}

void TcpTransport::begin()
{
    if (m_finished)
        return;
    m_started = m_clock.now();
    if (m_route.proxy.kind == ProxyOptions::Kind::Socks5)
        return connectThroughSocks();
    const bool toServer = m_route.proxy.kind != ProxyOptions::Kind::HttpConnect;
    const std::string &name = toServer && !m_route.address.empty() ? m_route.address : peerName();
    const QHostAddress literal(QString::fromStdString(name));
    if (!literal.isNull())
        return dial({literal});
    lookUp(name);
}

void TcpTransport::lookUp(const std::string &name)
{
    QHostInfo known;
    known.setHostName(QString::fromStdString(name));
    const bool isRooted = name.ends_with('.');
    const std::string_view bare = std::string_view(name).substr(0, name.size() - (isRooted ? 1 : 0));
    // "localhost" itself is the hosts file's; with the root's dot it stands in none.
    if (isBelow(bare, "localhost") || (isRooted && bare == "localhost")) {
        known.setAddresses({QHostAddress(QHostAddress::LocalHostIPv6), QHostAddress(QHostAddress::LocalHost)});
        return takeAddresses(known);
    }
    if (isBelow(bare, "invalid")) {
        known.setError(QHostInfo::HostNotFound);
        known.setErrorString(QStringLiteral("names below .invalid never exist"));
        return takeAddresses(known);
    }
    m_lookup = QHostInfo::lookupHost(known.hostName(), this, [this](const QHostInfo &info) {
        m_lookup = -1;
        takeAddresses(info);
    });
}

void TcpTransport::takeAddresses(const QHostInfo &info)
{
    const Stamp now = m_clock.now();
    if (info.error() != QHostInfo::NoError || info.addresses().isEmpty()) {
        const ErrorCode code = info.error() == QHostInfo::UnknownError ? ErrorCode::DnsFailed : ErrorCode::DnsNotFound;
        return failBeforeConnecting({code, std::string("can't look up ") +
                                               (peerName() == m_route.host ? "" : "the proxy ") + "'" + peerName() +
                                               "': " + info.errorString().toStdString()});
    }
    DnsFacts facts;
    facts.host = peerName();
    facts.ms = milliseconds(now - m_started);
    const QList<QHostAddress> order = interleaveFamilies(info.addresses());
    for (const QHostAddress &address : order)
        facts.addresses.push_back(address.toString().toStdString());
    m_started = now;
    m_handlers.resolved(facts);
    if (!m_finished)
        dial(order);
}

void TcpTransport::dial(QList<QHostAddress> addresses)
{
    m_addresses = std::move(addresses);
    startNext();
}

QTcpSocket *TcpTransport::makeSocket()
{
    auto *socket = new QTcpSocket(this);
    m_contenders.append(socket);
    connect(socket, &QTcpSocket::connected, this, [this, socket] { contenderConnected(socket); });
    connect(socket, &QTcpSocket::errorOccurred, this,
            [this, socket](QAbstractSocket::SocketError code) { contenderFailed(socket, code); });
    return socket;
}

void TcpTransport::startNext()
{
    if (m_addresses.isEmpty())
        return;
    const QHostAddress address = m_addresses.takeFirst();
    if (!m_addresses.isEmpty())
        m_nextAttempt.start(AttemptDelay);
    QTcpSocket *socket = makeSocket();
    socket->setProxy(QNetworkProxy::NoProxy);
    socket->connectToHost(address, peerPort(), QIODevice::ReadWrite | QIODevice::Unbuffered);
}

void TcpTransport::connectThroughSocks()
{
    QTcpSocket *socket = makeSocket();
    QNetworkProxy proxy(QNetworkProxy::Socks5Proxy, QString::fromStdString(m_route.proxy.host), m_route.proxy.port,
                        QString::fromStdString(m_route.proxy.user), QString::fromStdString(m_route.proxy.password));
    proxy.setCapabilities(proxy.capabilities() | QNetworkProxy::HostNameLookupCapability);
    socket->setProxy(proxy);
    const std::string &host = m_route.address.empty() ? m_route.host : m_route.address;
    socket->connectToHost(QString::fromStdString(host), m_route.port, QIODevice::ReadWrite | QIODevice::Unbuffered);
}

void TcpTransport::contenderConnected(QTcpSocket *socket)
{
    m_nextAttempt.stop();
    m_contenders.removeOne(socket);
    for (QTcpSocket *loser : std::exchange(m_contenders, {}))
        discard(loser);
    m_socket = socket;
    socket->disconnect(this);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // Behind SOCKS the connection is a socket that Qt keeps below ours, which has no descriptor of its own.
    const auto *carrier = socket->findChild<QTcpSocket *>();
    m_native = NativeSocket((carrier != nullptr ? carrier : socket)->socketDescriptor());
    connect(socket, &QTcpSocket::readyRead, this, &TcpTransport::onReadable);
    connect(socket, &QTcpSocket::bytesWritten, this, &TcpTransport::onBytesWritten);
    connect(socket, &QTcpSocket::errorOccurred, this, &TcpTransport::onSocketGone);
    connect(socket, &QTcpSocket::disconnected, this, &TcpTransport::onSocketGone);
    TcpFacts facts;
    const bool named = m_route.proxy.kind == ProxyOptions::Kind::Socks5;
    facts.peer = named ? endpoint(m_route.host, m_route.port) : endpoint(socket->peerAddress(), socket->peerPort());
    facts.local = m_native.localEndpoint();
    facts.ms = milliseconds(m_clock.now() - m_started);
    m_handlers.connected(facts);
}

void TcpTransport::contenderFailed(QTcpSocket *socket, QAbstractSocket::SocketError code)
{
    m_lastError = errorOf(*socket, code);
    m_contenders.removeOne(socket);
    discard(socket);
    if (!m_addresses.isEmpty()) { // RFC 8305 section 5: a failure starts the next attempt at once
        m_nextAttempt.stop();
        startNext();
    } else if (m_contenders.isEmpty()) {
        failBeforeConnecting(m_lastError);
    }
}

/// Says whom we could not reach: the proxy, the server through it, or the server.
Error TcpTransport::errorOf(const QTcpSocket &socket, QAbstractSocket::SocketError code) const
{
    const std::string why = ": " + socket.errorString().toStdString();
    const std::string server = endpoint(m_route.host, m_route.port);
    const std::string proxy = endpoint(m_route.proxy.host, m_route.proxy.port);
    const std::string address =
        socket.peerAddress().isNull() ? server : endpoint(socket.peerAddress(), socket.peerPort());
    const ErrorCode known = codeOf(code);
    switch (m_route.proxy.kind) {
    case ProxyOptions::Kind::HttpConnect: return {ErrorCode::ProxyFailed, "can't connect to the proxy " + proxy + why};
    case ProxyOptions::Kind::Socks5: // a proxy of which Qt says more
        if (known == ErrorCode::ProxyFailed)
            return {ErrorCode::ProxyFailed, "can't use the proxy " + proxy + why};
        // What the proxy refuses, Qt reports as unknown hosts and the like.
        return {known == ErrorCode::TcpFailed || known == ErrorCode::DnsNotFound ? ErrorCode::ProxyFailed : known,
                "can't connect to " + server + " through the proxy " + proxy + why};
    case ProxyOptions::Kind::None:
    case ProxyOptions::Kind::FromEnvironment: break;
    }
    return {known, "can't connect to " + address + why};
}

void TcpTransport::failBeforeConnecting(Error error)
{
    m_finished = true;
    m_handlers.ended({ByteEnd::Failed, std::move(error)});
}

void TcpTransport::discard(QTcpSocket *socket)
{
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
}

std::size_t TcpTransport::read(std::span<char> room)
{
    if (m_gone) {
        const std::size_t size = m_native.readRest(room);
        m_exhausted = size == 0;
        return size;
    }
    if (m_native.isSendingShut())
        m_native.peekEnd();
    const qint64 size = m_socket->read(room.data(), static_cast<qint64>(room.size()));
    if (size < 0) // the end: Qt has closed its descriptor, and tells nobody when it is unbuffered
        m_gone = m_exhausted = true;
    return size > 0 ? static_cast<std::size_t>(size) : 0;
}

void TcpTransport::onReadable()
{
    if (!m_reading || m_finished)
        return;
    if (!m_gone)
        m_handlers.readable();
    if (m_gone)
        drain();
}

/// A write failed: what arrived before is still in the kernel.
void TcpTransport::onSocketGone()
{
    m_gone = true;
    QMetaObject::invokeMethod(this, &TcpTransport::drain, Qt::QueuedConnection);
}

void TcpTransport::drain()
{
    while (!m_exhausted && m_reading && !m_finished)
        m_handlers.readable();
    if (m_exhausted && !m_finished)
        finish();
}

void TcpTransport::finish()
{
    m_finished = true;
    const bool reset = m_native.peerEnd() == NativeSocket::PeerEnd::Reset;
    m_native.release();
    TransportEnd end;
    end.how = reset ? ByteEnd::Reset : ByteEnd::Fin;
    m_handlers.ended(end);
}

void TcpTransport::setReading(bool reading)
{
    if (std::exchange(m_reading, reading) == reading || !reading || m_socket == nullptr)
        return;
    QMetaObject::invokeMethod(this, &TcpTransport::onReadable, Qt::QueuedConnection);
}

bool TcpTransport::write(ByteView bytes)
{
    if (m_socket == nullptr || m_gone)
        return false;
    const bool taken = m_socket->write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0;
    if (!taken)
        onSocketGone();
    return taken;
}

std::uint64_t TcpTransport::unsent() const
{
    return m_socket == nullptr || m_gone ? 0 : static_cast<std::uint64_t>(m_socket->bytesToWrite());
}

void TcpTransport::onBytesWritten()
{
    if (m_socket->bytesToWrite() != 0 || m_finished)
        return;
    if (std::exchange(m_finWanted, false))
        m_native.shutdownSending();
    m_handlers.drained();
}

void TcpTransport::closeSending()
{
    m_finWanted = unsent() != 0;
    if (!m_finWanted)
        m_native.shutdownSending();
}

/// Lets go of everything; what is connected is the caller's to end.
QTcpSocket *TcpTransport::takeSocket()
{
    m_finished = true;
    m_nextAttempt.stop();
    if (m_lookup != -1)
        QHostInfo::abortHostLookup(std::exchange(m_lookup, -1));
    for (QTcpSocket *socket : std::exchange(m_contenders, {}))
        discard(socket);
    m_native.release(); // or FIN would wait for it
    return std::exchange(m_socket, nullptr);
}

void TcpTransport::close()
{
    QTcpSocket *socket = takeSocket();
    if (socket == nullptr)
        return;
    if (socket->bytesToWrite() == 0)
        return discard(socket);
    // It outlives this transport for as long as its last bytes take.
    socket->disconnect(this);
    socket->setParent(nullptr);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(FlushPatience, socket, &QTcpSocket::abort);
    socket->disconnectFromHost();
}

void TcpTransport::drop()
{
    m_native.resetOnClose();
    if (QTcpSocket *socket = takeSocket())
        discard(socket);
}

} // namespace pushscope
