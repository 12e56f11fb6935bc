#include "core/demo/http1stream.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>

using namespace pushscope;

class Http1StreamTest : public QObject
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

    void endsWhenAskedTo()
    {
        QVERIFY(m_run->answer("/favicon.ico").endsWith("\r\n\r\n FIN"));
        RawClient old(m_run->port());
        old.send("GET /nothing HTTP/1.0\r\n\r\n");
        QVERIFY(old.readToEnd() == RawClient::End::Fin);
        QVERIFY(old.received().find("Connection: close\r\n") != Bytes::npos);
    }

    void sendsNoInterimAnswersToHttp10()
    {
        RawClient client(m_run->port());
        client.send("POST /publish HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().starts_with("HTTP/1.1 202 Accepted\r\n"));
    }

    void announcesItsEndWhereNothingElseTellsIt()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/events?interval=0&count=1&framing=identity"));
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().find("Connection: close\r\n") != Bytes::npos);
        QVERIFY(client.received().ends_with("}\n\n"));
    }

    void readsOnBehindItsOwnHalfClose()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/scenario/half-close?interval=60000"));
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QCOMPARE(m_run->server().status().streams, 1u);
    }
};

PUSHSCOPE_TEST(Http1StreamTest)
#include "http1streamtest.moc"
