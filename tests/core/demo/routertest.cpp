#include "core/demo/router.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>

using namespace pushscope;

class RouterTest : public QObject
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

    void knowsItsPaths_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *method, const char *target, const char *expected) {
            QTest::addRow("%s %s", method, target) << QByteArray(method) << QByteArray(target) << QByteArray(expected);
        };
        row("GET", "/", "200 OK");
        row("HEAD", "/", "200 OK");
        row("GET", "/scenarios", "200 OK");
        row("GET", "/favicon.ico", "204 No Content");
        row("GET", "/nothing", "404 Not Found");
        row("GET", "/scenario/nothing", "404 Not Found");
        row("POST", "/", "405 Method Not Allowed");
        row("POST", "/events", "405 Method Not Allowed");
        row("HEAD", "/events", "200 OK");
        row("HEAD", "/events?framing=identity", "200 OK");
        row("HEAD", "/events?count=x", "400 Bad Request");
        row("HEAD", "/ws/echo", "405 Method Not Allowed");
        row("HEAD", "/scenario/bom", "405 Method Not Allowed");
        row("GET", "/publish", "405 Method Not Allowed");
        row("POST", "/publish?topic=x", "202 Accepted");
        row("POST", "/publish?tropic=x", "400 Bad Request");
        row("GET", "/events?count=x", "400 Bad Request");
        row("GET", "/events?count=1&nope=1", "400 Bad Request");
        row("GET", "/scenario/resume-after-drop?drop=0", "400 Bad Request");
        row("DELETE", "/scenario/bom", "405 Method Not Allowed");
        row("GET", "/ws/echo", "426 Upgrade Required");
        row("GET", "/ws/nothing", "404 Not Found");
    }

    void knowsItsPaths()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, expected);
        RawClient client(m_run->port());
        client.send(method.toStdString() + " " + target.toStdString() +
                    " HTTP/1.1\r\nHost: localhost:" + std::to_string(m_run->port()) + "\r\nConnection: close\r\n\r\n");
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        const QByteArray answer = QByteArray::fromStdString(client.received());
        QVERIFY2(answer.startsWith("HTTP/1.1 " + expected + "\r\n"), answer);
        if (method == "HEAD")
            QVERIFY(answer.endsWith("\r\n\r\n"));
    }

    void tellsHeadWhatGetWouldBeTold()
    {
        RawClient client(m_run->port());
        client.send("HEAD /events?seed=4 HTTP/1.1\r\nHost: localhost:" + std::to_string(m_run->port()) + "\r\n\r\n" +
                    getRequest(m_run->port(), "/events?seed=4"));
        QVERIFY(client.readUntil("id: 1\n")); // the feed has not begun before its first reader
        const Bytes answer = withoutDate(client.received());
        const Bytes head = answer.substr(0, answer.find("\r\n\r\n") + 4);
        QVERIFY(head.find("Content-Type: text/event-stream\r\n") != Bytes::npos);
        QVERIFY(answer.substr(head.size()).starts_with("HTTP/1.1 200 OK\r\n"));
        QCOMPARE(withoutDate(answer.substr(head.size())).substr(0, head.size()), head);
    }

    void saysWhatIsAllowed()
    {
        QVERIFY(m_run->answer("/publish").contains("\r\nAllow: POST\r\n"));
        RawClient client(m_run->port());
        client.send("POST /events HTTP/1.1\r\nHost: localhost:" + std::to_string(m_run->port()) + "\r\n\r\n");
        QVERIFY(client.readUntil("\r\nAllow: GET, HEAD\r\n"));
        QVERIFY(m_run->answer("/events?interval=3600001").contains("\"range\":\"0 to 3600000\""));
    }

    void refusesOtherVersionsOfWebSocket()
    {
        RawClient client(m_run->port());
        Bytes request = openingRequest(m_run->port(), "/ws/echo");
        request.replace(request.find("Version: 13"), 11, "Version: 8");
        client.send(request);
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.received().starts_with("HTTP/1.1 426 "));
        QVERIFY(client.received().find("Sec-WebSocket-Version: 13\r\n") != Bytes::npos);
    }

    void answersPreflights()
    {
        RawClient client(m_run->port());
        const std::string host = "localhost:" + std::to_string(m_run->port());
        client.send("OPTIONS /publish HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
                    "\r\nAccess-Control-Request-Method: POST\r\n\r\n");
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.received().starts_with("HTTP/1.1 204 "));
        QVERIFY(client.received().find("Access-Control-Allow-Methods: POST\r\n") != Bytes::npos);
    }

    void publishesToReaders()
    {
        RawClient reader(m_run->port());
        reader.send(getRequest(m_run->port(), "/events?topic=news"));
        QVERIFY(reader.readUntil("retry: 3000\n\n"));
        RawClient writer(m_run->port());
        writer.send("POST /publish?topic=news HTTP/1.1\r\nHost: localhost:" + std::to_string(m_run->port()) +
                    "\r\nContent-Length: 9\r\n\r\ntwo\nlines");
        QVERIFY(writer.readUntil("{\"id\":1,\"topic\":\"news\"}"));
        QVERIFY(reader.readUntil(chunk("id: 1\ndata: two\ndata: lines\n\n")));
    }
};

PUSHSCOPE_TEST(RouterTest)
#include "routertest.moc"
