#include "core/demo/scriptplayer.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>

using namespace pushscope;

class ScriptPlayerTest : public QObject
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

    void playsWaitsInOrder()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/scenario/split-utf8?interval=5"));
        QVERIFY(client.readUntil("0\r\n\r\n"));
        QVERIFY(client.received().find(chunk("id: 1\ndata: euro \xE2") + chunk("\x82") +
                                       chunk("\xAC, clef \xF0\x9D")) != Bytes::npos);
    }

    void stopsWhenTheClientDoesNotRead()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/scenario/heartbeat-only?interval=0"));
        QVERIFY(client.readUntil("heartbeat"));
        // A script without end or pause, and a client that pauses: others are served all the same.
        QVERIFY(m_run->answer("/nothing").startsWith("HTTP/1.1 404 "));
        QVERIFY(client.readBytes(2'000'000));
    }

    void goesOnForTheNextRequest()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/scenario/bom") + getRequest(m_run->port(), "/scenario/empty-200"));
        QVERIFY(client.readUntil("\r\n\r\n0\r\n\r\n")); // the empty stream of the second
    }

    void isGoneWithItsClient()
    {
        {
            RawClient client(m_run->port());
            client.send(getRequest(m_run->port(), "/scenario/heartbeat-only?interval=5"));
            QVERIFY(client.readUntil("heartbeat"));
            QVERIFY(m_run->server().status().streams > 0);
        }
        QTRY_COMPARE(m_run->server().status().connections, 0u);
        QCOMPARE(m_run->server().status().streams, 0u);
    }
};

PUSHSCOPE_TEST(ScriptPlayerTest)
#include "scriptplayertest.moc"
