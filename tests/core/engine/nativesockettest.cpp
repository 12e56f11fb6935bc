#include "core/engine/nativesocket.h"

#include "tests/support/testmain.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace pushscope;

/// On its own; TcpTransportTest has it at work.
class NativeSocketTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsTheConnectionUntilReleased();
    void tellsAnOpenSocket();
    void isHarmlessWithoutASocket();
    void moves();
    void readsTheRest();

private:
    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<QTcpSocket> m_client;
    QTcpSocket *m_peer = nullptr;
};

void NativeSocketTest::init()
{
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    m_client = std::make_unique<QTcpSocket>();
    m_client->connectToHost(QHostAddress(QHostAddress::LocalHost), m_server->serverPort());
    QTRY_VERIFY(m_server->hasPendingConnections() && m_client->state() == QAbstractSocket::ConnectedState);
    m_peer = m_server->nextPendingConnection();
}

void NativeSocketTest::keepsTheConnectionUntilReleased()
{
    NativeSocket native(m_client->socketDescriptor());
    m_client->abort();
    m_peer->write("x");
    QVERIFY(m_peer->waitForBytesWritten());
    QCOMPARE(m_peer->state(), QAbstractSocket::ConnectedState);
    native.release();
    QVERIFY(!native.isValid());
    QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
}

void NativeSocketTest::tellsAnOpenSocket()
{
    const NativeSocket native(m_client->socketDescriptor());
    QCOMPARE(native.peerEnd(), NativeSocket::PeerEnd::Open);
    m_peer->disconnectFromHost();
    QTRY_COMPARE(native.peerEnd(), NativeSocket::PeerEnd::Fin);
}

void NativeSocketTest::isHarmlessWithoutASocket()
{
    NativeSocket none;
    char room[4];
    QVERIFY(!none.isValid());
    QVERIFY(!none.shutdownSending());
    QCOMPARE(none.peerEnd(), NativeSocket::PeerEnd::Open);
    QCOMPARE(none.readRest(room), 0u);
    none.peekEnd();
    none.resetOnClose();
    none.release();
    QVERIFY(!NativeSocket(-1).isValid());
}

void NativeSocketTest::moves()
{
    NativeSocket native(m_client->socketDescriptor());
    NativeSocket other(std::move(native));
    QVERIFY(other.isValid());
    QVERIFY(other.shutdownSending());
    native = std::move(other);
    QVERIFY(native.isSendingShut());
}

void NativeSocketTest::readsTheRest()
{
    NativeSocket native(m_client->socketDescriptor());
    m_client->abort();
    m_peer->write("rest");
    QVERIFY(m_peer->waitForBytesWritten());
    char room[16];
    QCOMPARE(native.readRest(room), 4u);
    QCOMPARE(QByteArray(room, 4), QByteArray("rest"));
    QCOMPARE(native.readRest(room), 0u);
}

PUSHSCOPE_TEST(NativeSocketTest)
#include "nativesockettest.moc"
