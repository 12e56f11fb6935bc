#include "core/demo/relayexchange.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <memory>
#include <string>

using namespace pushscope;
using namespace std::string_literals;

class RelayExchangeTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<DemoRun> m_run;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

    void isAnsweredByQt()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/reference"));
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.received().starts_with("HTTP/1.1 101 "));
        QVERIFY(client.received().find("Server: pushscope reference\r\n") != Bytes::npos);
        QVERIFY(client.received().find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != Bytes::npos);
        client.send("\x81\x85\0\0\0\0hello"s);
        QVERIFY(client.readUntil("\x81\x05hello"));
        client.send("\x88\x82\0\0\0\0\x03\xE8"s);
        QVERIFY(client.readUntil("\x88\x02\x03\xE8"));
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
    }

    void carriesWhatComesWithTheRequest()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/reference") + "\x82\x82\0\0\0\0hi"s);
        QVERIFY(client.readUntil("\x82\x02hi"));
    }

    void carriesLargeMessages()
    {
        QWebSocket socket;
        QSignalSpy received(&socket, &QWebSocket::binaryMessageReceived);
        QSignalSpy connected(&socket, &QWebSocket::connected);
        socket.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/ws/reference").arg(m_run->port())));
        QVERIFY(connected.wait());
        const QByteArray message(3'000'000, 'm');
        socket.sendBinaryMessage(message);
        QTRY_COMPARE(received.size(), 1);
        QCOMPARE(received.first().first().toByteArray(), message);
    }
};

PUSHSCOPE_TEST(RelayExchangeTest)
#include "relayexchangetest.moc"
