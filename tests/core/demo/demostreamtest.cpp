#include "core/demo/demostream.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>

using namespace pushscope;

class DemoStreamTest : public QObject
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

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("status");
        const QByteArray host = "Host: localhost:" + QByteArray::number(m_run->port()) + "\r\n";
        const auto row = [&](const char *name, const QByteArray &request, const char *status) {
            QTest::newRow(name) << request << QByteArray(status);
        };
        row("no host", "GET / HTTP/1.1\r\n\r\n", "400");
        row("another host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421");
        row("another origin", "GET / HTTP/1.1\r\n" + host + "Origin: http://evil.example\r\n\r\n", "403");
        row("content too large",
            "POST /publish HTTP/1.1\r\n" + host + "Content-Length: 1048577\r\n\r\n" + QByteArray(1'048'577, 'x'),
            "413");
    }

    void refuses()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, status);
        RawClient client(m_run->port());
        client.send(request.toStdString());
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QCOMPARE(QByteArray::fromStdString(client.received().substr(0, 13)), "HTTP/1.1 " + status + " ");
        QVERIFY(client.received().find("Connection: close\r\n") != Bytes::npos);
    }

    void letsBodiesGoOn()
    {
        RawClient client(m_run->port());
        client.send("POST /publish HTTP/1.1\r\nHost: localhost:" + std::to_string(m_run->port()) +
                    "\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QVERIFY(client.readUntil("HTTP/1.1 100 Continue\r\n\r\n"));
        client.send("hi");
        QVERIFY(client.readUntil("HTTP/1.1 202 Accepted\r\n"));
    }

    void namesTheAllowedOrigin()
    {
        DemoOptions options;
        options.allowedOrigins = {"https://page.example"};
        const DemoRun run(options);
        const QByteArray answer =
            run.answer("/scenarios", "Origin: https://page.example\r\nSec-Fetch-Site: cross-site\r\n");
        QVERIFY(answer.contains("Access-Control-Allow-Origin: https://page.example\r\n"));
        QVERIFY(answer.contains("Vary: Origin\r\n"));
        QVERIFY(!m_run->answer("/scenarios").contains("Access-Control"));
    }

    void datesEachFinalAnswer()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/scenario/early-hints?interval=0"));
        QVERIFY(client.readUntil("0\r\n\r\n"));
        const std::size_t date = client.received().find("Date: ");
        QVERIFY(date > client.received().find("HTTP/1.1 200 OK\r\n"));
        QVERIFY(client.received().find("Date: ", date + 1) == Bytes::npos);
    }

    void sendsNoContentToHead()
    {
        RawClient client(m_run->port());
        client.send("HEAD /demo.css HTTP/1.1\r\nConnection: close\r\nHost: localhost:" + std::to_string(m_run->port()) +
                    "\r\n\r\n");
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().ends_with("\r\n\r\n"));
        QVERIFY(client.received().find("Content-Length: ") != Bytes::npos);
    }
};

PUSHSCOPE_TEST(DemoStreamTest)
#include "demostreamtest.moc"
