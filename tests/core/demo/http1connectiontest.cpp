#include "core/demo/http1connection.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>

using namespace pushscope;

class Http1ConnectionTest : public QObject
{
    Q_OBJECT

private:
    static int count(const Bytes &text, std::string_view part)
    {
        int found = 0;
        for (std::size_t at = text.find(part); at != Bytes::npos; at = text.find(part, at + 1))
            ++found;
        return found;
    }
    std::unique_ptr<DemoRun> m_run;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

    void answersOneRequestBehindTheOther()
    {
        RawClient client(m_run->port());
        const Bytes request = getRequest(m_run->port(), "/favicon.ico");
        client.send(request + request + getRequest(m_run->port(), "/nothing"));
        QVERIFY(client.readUntil("404 Not Found"));
        QCOMPARE(count(client.received(), "HTTP/1.1 204 No Content\r\n"), 2);
        client.send(request);
        while (count(client.received(), "HTTP/1.1 204 No Content\r\n") < 3)
            QVERIFY(client.readBytes(client.received().size() + 1));
        QVERIFY(client.end() == RawClient::End::Open);
    }

    void answersBehindAStream()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/events?interval=0&count=2") + getRequest(m_run->port(), "/nothing"));
        QVERIFY(client.readUntil("0\r\n\r\nHTTP/1.1 404 Not Found\r\n"));
    }

    void answersNoFasterThanTheClientReads()
    {
        RawClient client(m_run->port());
        const Bytes request = getRequest(m_run->port(), "/scenarios");
        QVERIFY(client.fillsUp(64 * 1024 * 1024, request));
        QVERIFY(m_run->answer("/nothing").startsWith("HTTP/1.1 404 ")); // others are served all the same
        QVERIFY(client.readBytes(40'000'000));
    }

    void answersWhatWaitedBehindTheClientsFin()
    {
        RawClient client(m_run->port());
        Bytes requests;
        for (int i = 0; i < 3000; ++i) // more than may wait
            requests += getRequest(m_run->port(), "/favicon.ico");
        client.send(getRequest(m_run->port(), "/events?interval=1&count=3&seed=6") + requests);
        client.sendFin();
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QCOMPARE(count(client.received(), "HTTP/1.1 204 No Content\r\n"), 3000);
    }

    void takesOverWhatWaited()
    {
        RawClient client(m_run->port());
        const Bytes ping("\x89\x80\0\0\0\0", 6);
        Bytes pings;
        for (int i = 0; i < 30'000; ++i) // more than may wait
            pings += ping;
        client.send(getRequest(m_run->port(), "/events?interval=1&count=3&seed=8") +
                    openingRequest(m_run->port(), "/ws/echo") + pings);
        QVERIFY(client.readUntil("101 Switching Protocols\r\n"));
        QVERIFY(client.readUntil("\r\n\r\n\x8A"));
        const std::size_t begin = client.received().find("\r\n\r\n\x8A") + 4;
        QVERIFY(client.readBytes(begin + 60'000));
    }

    void takesRequestsInPieces()
    {
        RawClient client(m_run->port());
        for (const char byte : getRequest(m_run->port(), "/favicon.ico"))
            client.send(Bytes(1, byte));
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.received().starts_with("HTTP/1.1 204 "));
    }

    void answersBehindTheClientsFin()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/events?interval=20&count=3&seed=5"));
        client.sendFin();
        QVERIFY(client.readUntil("id: 3\n"));
        QVERIFY(client.readUntil("0\r\n\r\n"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("status");
        const QByteArray host = "Host: localhost:" + QByteArray::number(m_run->port()) + "\r\n";
        const auto row = [&](const char *name, const QByteArray &request, const char *status) {
            QTest::newRow(name) << request << QByteArray(status);
        };
        row("no HTTP", "hello\r\n\r\n", "400");
        row("space before the colon", "GET / HTTP/1.1\r\n" + host + "X : y\r\n\r\n", "400");
        row("two lengths", "POST /publish HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            "400");
        row("length and chunks",
            "POST /publish HTTP/1.1\r\n" + host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "400");
        row("head too large", "GET / HTTP/1.1\r\n" + host + "X: " + QByteArray(70'000, 'x') + "\r\n\r\n", "431");
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
        QCOMPARE(count(client.received(), "Connection: close\r\n"), 1);
    }
};

PUSHSCOPE_TEST(Http1ConnectionTest)
#include "http1connectiontest.moc"
