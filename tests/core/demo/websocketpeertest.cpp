#include "core/demo/websocketpeer.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>
#include <string>

using namespace pushscope;
using namespace std::string_literals;

class WebSocketPeerTest : public QObject
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

    void answersTheOpeningHandshake()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/echo"));
        QVERIFY(client.readBytes(openingAnswer().size()));
        QCOMPARE(client.received(), openingAnswer());
    }

    void takesFramesBehindTheRequest()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/echo") + "\x81\x82\0\0\0\0hi"s);
        QVERIFY(client.readUntil("\x81\x02hi"));
    }

    void pongsAtOnce()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/ticks?interval=3600000") + "\x89\x82\0\0\0\0hi"s);
        QVERIFY(client.readUntil("\x8A\x02hi"));
    }

    void pongsNoFasterThanThePeerReads_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char *target : {"/ws/ticks?interval=3600000", "/ws/chat", "/ws/echo", "/ws/reference"})
            QTest::newRow(target) << QByteArray(target);
    }

    void pongsNoFasterThanThePeerReads()
    {
        QFETCH(QByteArray, target);
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), target.toStdString()));
        QVERIFY(client.readUntil("\r\n\r\n"));
        const Bytes ping = "\x89\xFD\0\0\0\0"s + Bytes(125, 'p');
        QVERIFY(client.fillsUp(96 * 1024 * 1024, ping));
        QVERIFY(client.readBytes(1'000'000));
    }

    void closesWhenThePeerDoes()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/chat") + "\x88\x82\0\0\0\0\x0B\xB8"s); // 3000
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QCOMPARE(client.received(), openingAnswer() + "\x88\x02\x0B\xB8");
    }

    void endsWithThePeersFin()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/echo"));
        client.sendFin();
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QCOMPARE(client.received(), openingAnswer());
    }
};

PUSHSCOPE_TEST(WebSocketPeerTest)
#include "websocketpeertest.moc"
