#include "core/demo/demosocket.h"

#include "core/demo/demolistener.h"
#include "tests/core/demo/rawclient.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <thread>

using namespace pushscope;
using namespace pushscope::demo;

class DemoSocketTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<DemoListener> m_listener;
    std::unique_ptr<DemoSocket> m_socket;
    std::unique_ptr<RawClient> m_client;

private Q_SLOTS:
    void init()
    {
        m_socket.reset();
        m_listener = std::make_unique<DemoListener>(
            [this](qintptr descriptor) { m_socket = std::make_unique<DemoSocket>(descriptor, nullptr, nullptr); });
        const auto port = m_listener->listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        QVERIFY(port.hasValue());
        m_client = std::make_unique<RawClient>(*port);
        QTRY_VERIFY(m_socket);
    }

    void readsAndWrites()
    {
        Bytes received;
        connect(m_socket.get(), &DemoSocket::received, this, [&](ByteView bytes) { received += bytes; });
        m_client->send("question");
        QTRY_COMPARE(received, Bytes("question"));
        m_socket->write("answer");
        QVERIFY(m_client->readUntil("answer"));
        QCOMPARE(m_socket->localAddress(), std::string("127.0.0.1"));
        QVERIFY(!m_socket->isSecure());
    }

    void keepsWhatTheKernelDoesNotTake()
    {
        const Bytes block(1024 * 1024, 'x');
        std::size_t sent = 0;
        while (m_socket->hasRoom()) {
            m_socket->write(block);
            sent += block.size();
        }
        QVERIFY(m_socket->pending() > 0);
        QSignalSpy drained(m_socket.get(), &DemoSocket::drained);
        std::thread reader([&] { m_client->readBytes(sent); });
        QTRY_COMPARE(m_socket->pending(), std::size_t(0));
        reader.join();
        QCOMPARE(m_client->received().size(), sent);
        QVERIFY(!drained.isEmpty());
    }

    void doesNotReadWithoutRoom()
    {
        Bytes received;
        connect(m_socket.get(), &DemoSocket::received, this, [&](ByteView bytes) { received += bytes; });
        const Bytes block(1024 * 1024, 'x');
        std::size_t sent = 0;
        for (; m_socket->hasRoom(); sent += block.size())
            m_socket->write(block);
        m_socket->setReading(true);
        m_client->send("question");
        QSignalSpy drained(m_socket.get(), &DemoSocket::drained);
        QVERIFY(!drained.wait(50));
        QVERIFY(received.empty());
        std::thread reader([&] { m_client->readBytes(sent); });
        QTRY_COMPARE(received, Bytes("question"));
        reader.join();
    }

    void givesATurn()
    {
        QSignalSpy drained(m_socket.get(), &DemoSocket::drained);
        m_socket->requestTurn();
        QVERIFY(drained.isEmpty());
        QTRY_COMPARE(drained.size(), 1);
    }

    void finishesBehindItsData()
    {
        QSignalSpy closed(m_socket.get(), &DemoSocket::closed);
        m_socket->write("last words");
        m_socket->finish();
        m_socket->write("too late");
        QVERIFY(m_client->readToEnd() == RawClient::End::Fin);
        QCOMPARE(m_client->received(), Bytes("last words"));
        QVERIFY(closed.isEmpty()); // it waits for the peer's FIN
        m_client->sendFin();
        QTRY_COMPARE(closed.size(), 1);
    }

    void doesNotWaitForEver()
    {
        QSignalSpy closed(m_socket.get(), &DemoSocket::closed);
        m_socket->finish();
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 4000);
    }

    void finishesWithoutRstWhenBytesAreUnread()
    {
        m_socket->setReading(false);
        m_client->send(Bytes(100'000, 'x'));
        m_socket->write("refused");
        m_socket->finish();
        QVERIFY(m_client->readToEnd() == RawClient::End::Fin);
        QCOMPARE(m_client->received(), Bytes("refused"));
    }

    void resetsBehindItsData()
    {
        m_socket->write("last words");
        m_socket->reset();
        QSignalSpy closed(m_socket.get(), &DemoSocket::closed);
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(m_client->readToEnd() == RawClient::End::Reset);
        QCOMPARE(m_client->received(), Bytes("last words"));
    }

    void readsOnWhenHalfClosed()
    {
        Bytes received;
        connect(m_socket.get(), &DemoSocket::received, this, [&](ByteView bytes) { received += bytes; });
        m_socket->halfClose();
        QVERIFY(m_client->readToEnd() == RawClient::End::Fin);
        m_client->send("still here");
        QTRY_COMPARE(received, Bytes("still here"));
    }

    void answersBehindThePeersFin()
    {
        QSignalSpy ended(m_socket.get(), &DemoSocket::peerEnded);
        m_client->sendFin();
        QTRY_COMPARE(ended.size(), 1);
        m_socket->write("answer");
        QVERIFY(m_client->readUntil("answer"));
    }
};

PUSHSCOPE_TEST(DemoSocketTest)
#include "demosockettest.moc"
