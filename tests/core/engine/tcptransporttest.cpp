#include "core/engine/tcptransport.h"

#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <fcntl.h>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

using namespace pushscope;

/// Real sockets on loopback: what Qt hides must come out right.
class TcpTransportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void carriesBytesBothWays();
    void tellsFinFromReset_data();
    void tellsFinFromReset();
    void readsWhatCameBeforeAReset();
    void takesNoWritesOnceThePeerIsGone();
    void halfCloses();
    void tellsFinFromResetAfterAHalfClose_data();
    void tellsFinFromResetAfterAHalfClose();
    void dropsWithAReset();
    void sendsWhatWasWrittenBeforeClosing();
    void holdsThePeerBackWhilePaused();
    void reportsRefusedConnections();
    void reportsUnknownHosts();
    void resolvesNames();
    void resolvesLocalhostBelowTheRoot();
    void fallsBackToTheOtherFamily();
    void connectsOverIpv6();
    void saysNothingAfterClose();
    void connectsThroughSocks();
    void seesAResetThroughSocks();
    void reportsASocksProxyThatRefuses();

private:
    void open(Route route);
    void openAndAccept();
    void openThroughSocks(char reply);
    void readAll();

    SystemClock m_clock;
    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<QTcpSocket> m_peer;
    std::unique_ptr<TcpTransport> m_transport;
    std::optional<DnsFacts> m_resolved;
    std::optional<TcpFacts> m_connected;
    std::optional<TransportEnd> m_end;
    QByteArray m_received;
    bool m_drained = false;
};

void TcpTransportTest::init()
{
    m_peer.reset();
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    m_transport = std::make_unique<TcpTransport>(m_clock);
    m_resolved.reset();
    m_connected.reset();
    m_end.reset();
    m_received.clear();
    m_drained = false;
}

void TcpTransportTest::open(Route route)
{
    if (route.port == 0)
        route.port = m_server->serverPort();
    if (route.proxy.kind == ProxyOptions::Kind::FromEnvironment)
        route.proxy.kind = ProxyOptions::Kind::None;
    Transport::Handlers handlers;
    handlers.resolved = [this](const DnsFacts &facts) { m_resolved = facts; };
    handlers.connected = [this](const TcpFacts &facts) { m_connected = facts; };
    handlers.readable = [this] { readAll(); };
    handlers.drained = [this] { m_drained = true; };
    handlers.ended = [this](const TransportEnd &end) { m_end = end; };
    m_transport->open(route, handlers);
}

void TcpTransportTest::readAll()
{
    char room[65536];
    m_received.append(room, static_cast<qsizetype>(m_transport->read(room)));
}

void TcpTransportTest::openAndAccept()
{
    open({"127.0.0.1", 0, "", {}});
    QTRY_VERIFY(m_connected && m_server->hasPendingConnections());
    m_peer.reset(m_server->nextPendingConnection());
    m_peer->setParent(nullptr);
}

void TcpTransportTest::carriesBytesBothWays()
{
    openAndAccept();
    QCOMPARE(m_connected->peer, "127.0.0.1:" + std::to_string(m_server->serverPort()));
    QCOMPARE(m_connected->local, "127.0.0.1:" + std::to_string(m_peer->peerPort()));
    QVERIFY(!m_resolved);
    m_transport->write("ping");
    QTRY_COMPARE(m_peer->bytesAvailable(), 4);
    m_peer->write("pong");
    QTRY_COMPARE(m_received, QByteArray("pong"));
}

void TcpTransportTest::tellsFinFromReset_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("fin") << false;
    QTest::newRow("reset") << true;
}

namespace {

/// The peer's end: a FIN, or a RST as of a process that crashed.
void endWith(QTcpSocket &peer, bool reset)
{
    if (reset) {
        const linger none{1, 0};
        setsockopt(static_cast<int>(peer.socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
        peer.abort();
    } else {
        peer.disconnectFromHost();
    }
}

} // namespace

void TcpTransportTest::tellsFinFromReset()
{
    QFETCH(bool, reset);
    openAndAccept();
    m_peer->write("last words");
    QTRY_COMPARE(m_received, QByteArray("last words"));
    endWith(*m_peer, reset);
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->how, reset ? ByteEnd::Reset : ByteEnd::Fin);
}

void TcpTransportTest::readsWhatCameBeforeAReset()
{
    openAndAccept();
    m_transport->setReading(false);
    m_peer->write(QByteArray(100'000, 'x'));
    QTRY_COMPARE(m_peer->bytesToWrite(), 0);
    endWith(*m_peer, true);
    m_transport->write("into the void");
    QTRY_COMPARE(m_transport->unsent(), 0u);
    m_transport->write("and again");
    m_transport->setReading(true);
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->how, ByteEnd::Reset);
    QCOMPARE(m_received.size(), 100'000);
}

/// A write that fails is the first to tell; what the peer said before still waits to be read.
void TcpTransportTest::takesNoWritesOnceThePeerIsGone()
{
    openAndAccept();
    QVERIFY(m_transport->write("question"));
    m_transport->setReading(false);
    m_peer->write("last");
    QVERIFY(m_peer->flush());
    QTRY_COMPARE(m_peer->bytesAvailable(), 8);
    m_peer->readAll();
    endWith(*m_peer, true);
    QTRY_VERIFY(!m_transport->write("x"));
    QVERIFY(!m_transport->write("y"));
    m_transport->setReading(true);
    QTRY_VERIFY(m_end);
    QCOMPARE(m_received, QByteArray("last"));
    QCOMPARE(m_end->how, ByteEnd::Reset);
}

void TcpTransportTest::halfCloses()
{
    openAndAccept();
    // QTcpSocket closes when it reads FIN: this peer must go on without it.
    const int peer = dup(static_cast<int>(m_peer->socketDescriptor()));
    fcntl(peer, F_SETFL, 0); // blocking
    m_peer.reset();
    m_transport->write("question");
    m_transport->closeSending();
    char room[16];
    QCOMPARE(recv(peer, room, sizeof room, 0), 8);
    QCOMPARE(recv(peer, room, sizeof room, 0), 0);
    QCOMPARE(send(peer, "answer", 6, MSG_NOSIGNAL), 6);
    QTRY_COMPARE(m_received, QByteArray("answer"));
    QVERIFY(!m_end);
    close(peer);
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->how, ByteEnd::Fin);
}

void TcpTransportTest::tellsFinFromResetAfterAHalfClose_data()
{
    tellsFinFromReset_data();
}

void TcpTransportTest::tellsFinFromResetAfterAHalfClose()
{
    QFETCH(bool, reset);
    openAndAccept();
    m_transport->closeSending();
    endWith(*m_peer, reset);
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->how, reset ? ByteEnd::Reset : ByteEnd::Fin);
}

void TcpTransportTest::dropsWithAReset()
{
    openAndAccept();
    QSignalSpy failed(m_peer.get(), &QTcpSocket::errorOccurred);
    m_transport->drop();
    // The kernel tells: a plain close would leave the peer in CLOSE_WAIT and its writes would still succeed once.
    NativeSocket native(m_peer->socketDescriptor());
    QTRY_COMPARE(native.peerEnd(), NativeSocket::PeerEnd::Reset);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!m_end);
}

void TcpTransportTest::sendsWhatWasWrittenBeforeClosing()
{
    openAndAccept();
    m_peer->setReadBufferSize(1024);
    const QByteArray much(8'000'000, 'x');
    m_transport->write({much.data(), static_cast<std::size_t>(much.size())});
    QVERIFY(m_transport->unsent() > 0);
    m_transport->close();
    m_transport.reset();
    m_peer->setReadBufferSize(0);
    qsizetype got = 0;
    QTRY_VERIFY((got += m_peer->readAll().size()) == much.size());
    QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
}

void TcpTransportTest::holdsThePeerBackWhilePaused()
{
    openAndAccept();
    m_transport->setReading(false);
    const QByteArray much(32'000'000, 'x'); // more than both kernels' buffers
    m_peer->write(much);
    qint64 before = -1;
    QTRY_VERIFY(std::exchange(before, m_peer->bytesToWrite()) == m_peer->bytesToWrite() && before < much.size());
    QVERIFY(before > 8'000'000);
    QCOMPARE(m_received.size(), 0);
    m_transport->setReading(true);
    QTRY_COMPARE_WITH_TIMEOUT(m_received.size(), much.size(), 20000);
}

void TcpTransportTest::reportsRefusedConnections()
{
    const std::uint16_t port = m_server->serverPort();
    m_server->close();
    open({"127.0.0.1", port, "", {}});
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->how, ByteEnd::Failed);
    QCOMPARE(m_end->error.code, ErrorCode::TcpRefused);
    QVERIFY(m_end->error.detail.starts_with("can't connect to 127.0.0.1:" + std::to_string(port) + ": "));
}

void TcpTransportTest::reportsUnknownHosts()
{
    open({"nowhere.invalid", 80, "", {}});
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->error.code, ErrorCode::DnsNotFound);
}

void TcpTransportTest::resolvesNames()
{
    open({"localhost", 0, "", {}});
    QTRY_VERIFY(m_connected);
    QVERIFY(m_resolved);
    QCOMPARE(m_resolved->host, std::string("localhost"));
    QVERIFY(!m_resolved->addresses.empty());
}

void TcpTransportTest::resolvesLocalhostBelowTheRoot()
{
    open({"localhost.", 0, "", {}});
    QTRY_VERIFY(m_connected);
    QCOMPARE(m_resolved->host, std::string("localhost."));
}

/// Nobody listens on ::1, so the first try fails and 127.0.0.1 wins.
void TcpTransportTest::fallsBackToTheOtherFamily()
{
    open({"both.localhost", 0, "", {}});
    QTRY_VERIFY(m_connected);
    QCOMPARE(m_resolved->addresses, (std::vector<std::string>{"::1", "127.0.0.1"}));
    QCOMPARE(m_connected->peer, "127.0.0.1:" + std::to_string(m_server->serverPort()));
}

void TcpTransportTest::connectsOverIpv6()
{
    m_server->close();
    if (!m_server->listen(QHostAddress::LocalHostIPv6))
        QSKIP("no IPv6 here");
    open({"::1", 0, "", {}});
    QTRY_VERIFY(m_connected);
    QCOMPARE(m_connected->peer, "[::1]:" + std::to_string(m_server->serverPort()));
}

void TcpTransportTest::saysNothingAfterClose()
{
    openAndAccept();
    m_transport->close();
    QSignalSpy gone(m_peer.get(), &QTcpSocket::disconnected);
    QVERIFY(gone.wait());
    QVERIFY(!m_end);
    QCOMPARE(m_received, QByteArray());
}

/// A proxy as of RFC 1928, played by the test: no authentication, then one CONNECT by name.
void TcpTransportTest::openThroughSocks(char reply)
{
    Route route{"far.test", 7777, "", {}};
    route.proxy.kind = ProxyOptions::Kind::Socks5;
    route.proxy.host = "127.0.0.1";
    route.proxy.port = m_server->serverPort();
    open(route);
    QTRY_VERIFY(m_server->hasPendingConnections());
    m_peer.reset(m_server->nextPendingConnection());
    m_peer->setParent(nullptr);
    QTRY_VERIFY(m_peer->bytesAvailable() >= 3);
    QVERIFY(m_peer->readAll().startsWith('\x05'));
    m_peer->write("\x05\x00", 2);
    const QByteArray wanted("\x05\x01\x00\x03\x08"
                            "far.test\x1e\x61",
                            15);
    QTRY_COMPARE(m_peer->bytesAvailable(), wanted.size());
    QCOMPARE(m_peer->readAll(), wanted);
    m_peer->write(QByteArray("\x05", 1) + reply + QByteArray("\x00\x01\x7f\x00\x00\x01\x00\x50", 8));
}

void TcpTransportTest::connectsThroughSocks()
{
    openThroughSocks('\0');
    QTRY_VERIFY(m_connected);
    QCOMPARE(m_connected->peer, std::string("far.test:7777"));
    QCOMPARE(m_connected->local, "127.0.0.1:" + std::to_string(m_peer->peerPort())); // not the address in the reply
    QVERIFY(!m_resolved);                                                            // the proxy looks names up
    m_transport->write("ping");
    QTRY_COMPARE(m_peer->bytesAvailable(), 4);
    m_peer->write("pong");
    QTRY_COMPARE(m_received, QByteArray("pong"));
    m_peer->disconnectFromHost();
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->how, ByteEnd::Fin);
}

void TcpTransportTest::seesAResetThroughSocks()
{
    openThroughSocks('\0');
    QTRY_VERIFY(m_connected);
    NativeSocket(m_peer->socketDescriptor()).resetOnClose();
    m_peer->abort();
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->how, ByteEnd::Reset);
}

void TcpTransportTest::reportsASocksProxyThatRefuses()
{
    openThroughSocks('\2'); // not allowed by ruleset
    QTRY_VERIFY(m_end);
    QCOMPARE(m_end->how, ByteEnd::Failed);
    QCOMPARE(m_end->error.code, ErrorCode::ProxyFailed);
}

PUSHSCOPE_TEST(TcpTransportTest)
#include "tcptransporttest.moc"
