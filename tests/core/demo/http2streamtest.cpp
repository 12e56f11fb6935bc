#include "core/demo/http2stream.h"

#include "tests/core/demo/demorun.h"
#include "tests/core/demo/http2client.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>

using namespace pushscope;
using namespace std::string_literals;

class Http2StreamTest : public QObject
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

    void sendsEachEventInAFrameOfItsOwn()
    {
        Http2Client client(m_run->port());
        const StreamId feed = client.get("/events?interval=0&count=100");
        QVERIFY(client.readToEnd(feed));
        // The retry line and a hundred events, the last with END_STREAM.
        QCOMPARE(client.count(Http2FrameType::Data, feed), std::size_t(101));
        QVERIFY(client.answer(feed).body.starts_with("retry: 3000\n\nid: 1\nevent: tick\n"));
    }

    void sharesItsFeedWithHttp1()
    {
        Http2Client client(m_run->port());
        const StreamId feed = client.get("/events?interval=20&seed=41");
        QVERIFY(client.readUntil([&] { return client.answer(feed).body.find("id: 3\n") != Bytes::npos; }));
        RawClient other(m_run->port());
        other.send(getRequest(m_run->port(), "/events?interval=20&seed=41", "Last-Event-ID: 1\r\n"));
        QVERIFY(other.readUntil("id: 3\n"));
        QVERIFY(other.received().find("id: 2\n") != Bytes::npos);
    }

    void leavesOutWhatHttp2HasNoPlaceFor()
    {
        Http2Client client(m_run->port());
        const StreamId feed = client.get("/events?interval=0&count=1");
        QVERIFY(client.readToEnd(feed));
        const Headers &fields = client.answer(feed).head->headers;
        QVERIFY(!fields.contains("transfer-encoding") && !fields.contains("connection"));
        QVERIFY(fields.contains("date"));
        QCOMPARE(std::string(*fields.value("content-type")), std::string("text/event-stream"));
    }

    void sendsNoContentToHead()
    {
        Http2Client client(m_run->port());
        const StreamId page = client.request("HEAD", "/demo.css");
        QVERIFY(client.readToEnd(page));
        QCOMPARE(client.answer(page).text(), QByteArray("200 end"));
        QVERIFY(client.answer(page).head->headers.contains("content-length"));
    }

    void takesContent()
    {
        Http2Client client(m_run->port());
        const StreamId posted =
            client.request("POST", "/publish?topic=h2", {{"expect", "100-continue"}}, Bytes(200'000, 'x'));
        QVERIFY(client.readToEnd(posted));
        QCOMPARE(client.answer(posted).head->status, 202);
        QCOMPARE(client.answer(posted).interim.size(), std::size_t(1));
        QCOMPARE(client.answer(posted).interim.front().status, 100);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("status");
        QTest::newRow("another origin") << QByteArray("GET") << QByteArray("/") << QByteArray("origin")
                                        << QByteArray("http://evil.example") << 0 << 403;
        QTest::newRow("another site") << QByteArray("GET") << QByteArray("/") << QByteArray("sec-fetch-site")
                                      << QByteArray("cross-site") << 0 << 403;
        QTest::newRow("another host") << QByteArray("GET") << QByteArray("/") << QByteArray("host")
                                      << QByteArray("evil.example") << 0 << 421;
        QTest::newRow("content too large")
            << QByteArray("POST") << QByteArray("/publish") << QByteArray("x") << QByteArray("y") << 1'048'577 << 413;
        QTest::newRow("WebSocket by GET")
            << QByteArray("GET") << QByteArray("/ws/echo") << QByteArray("x") << QByteArray("y") << 0 << 405;
        QTest::newRow("unknown method") << QByteArray("PUT") << QByteArray("/events") << QByteArray("x")
                                        << QByteArray("y") << 0 << 405;
    }

    void refuses()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(int, size);
        QFETCH(int, status);
        Http2Client client(m_run->port());
        const StreamId stream =
            client.request(method.toStdString(), target.toStdString(), {{field.toStdString(), value.toStdString()}},
                           Bytes(static_cast<std::size_t>(size), 'x'));
        QVERIFY(client.readToEnd(stream));
        QCOMPARE(client.answer(stream).head->status, status);
        QVERIFY(client.readToEnd(client.get("/favicon.ico"))); // the connection goes on
    }

    void resetsWhatIsCut()
    {
        Http2Client client(m_run->port());
        const StreamId cut = client.get("/events?interval=0&drop=2");
        QVERIFY(client.readToEnd(cut));
        QVERIFY(client.answer(cut).text().endsWith("cut INTERNAL_ERROR"));
        QVERIFY(client.answer(cut).body.find("id: 2\n") != Bytes::npos);
        const StreamId open = client.get("/events?interval=0&drop=2&framing=identity");
        QVERIFY(client.readToEnd(open));
        QVERIFY(client.answer(open).text().endsWith("}\n\nend"));
    }

    void echoesOverAWebSocket()
    {
        Http2Client client(m_run->port());
        const StreamId socket = client.openWebSocket("/ws/echo", {}, "WebSocket"); // as haproxy spells it
        client.send(socket, "\x81\x85\0\0\0\0hello"s);
        QVERIFY(client.readBody(socket, 7));
        const Http2Answer &answer = client.answer(socket);
        QCOMPARE(answer.head->status, 200);
        QVERIFY(!answer.head->headers.contains("sec-websocket-accept") && !answer.head->headers.contains("upgrade"));
        QCOMPARE(answer.body, "\x81\x05hello"s);
        client.send(socket, "\x88\x82\0\0\0\0\x03\xE8"s);
        QVERIFY(client.readToEnd(socket));
        QVERIFY(answer.isEnded);
        QVERIFY(answer.body.ends_with("\x88\x02\x03\xE8"s));
    }

    void carriesTheReferenceServer()
    {
        Http2Client client(m_run->port());
        const StreamId socket = client.openWebSocket("/ws/reference");
        client.send(socket, "\x82\x82\0\0\0\0hi"s); // before it is answered
        QVERIFY(client.readBody(socket, 4));
        QCOMPARE(client.answer(socket).body, "\x82\x02hi"s);
        QCOMPARE(client.answer(socket).head->status, 200);
        QCOMPARE(std::string(client.answer(socket).head->headers.value("server").value_or("")),
                 std::string("pushscope reference"));
    }

    void readsNoMoreThanItSends()
    {
        Http2Client client(m_run->port());
        client.setConsuming(false);
        const StreamId socket = client.openWebSocket("/ws/echo");
        QVERIFY(client.readUntil([&] { return client.answer(socket).head.has_value(); }));
        const Bytes frame = "\x82\xFE\x40\0\0\0\0\0"s + Bytes(16384, 'e');
        for (int i = 0; i < 200; ++i) // 3.2 MB come, 1 MiB may go back
            client.send(socket, frame);
        QVERIFY(client.readBody(socket, 1024 * 1024));
        QVERIFY(client.readToEnd(client.get("/favicon.ico")));
        QVERIFY(client.codec().unsent(socket) > 1'000'000);
        client.setConsuming(true);
        client.codec().consume(socket, 1024 * 1024);
        client.flush();
        QVERIFY(client.readBody(socket, 200 * (16384 + 4)));
    }

    void refusesOpenings_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("protocol");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<int>("status");
        QTest::newRow("another protocol")
            << QByteArray("/ws/echo") << QByteArray("connect-udp") << QByteArray("13") << 501;
        QTest::newRow("no WebSocket's path")
            << QByteArray("/events") << QByteArray("websocket") << QByteArray("13") << 501;
        QTest::newRow("another version") << QByteArray("/ws/echo") << QByteArray("websocket") << QByteArray("8") << 400;
        QTest::newRow("nothing there") << QByteArray("/ws/nothing") << QByteArray("websocket") << QByteArray("13")
                                       << 404;
    }

    void refusesOpenings()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, protocol);
        QFETCH(QByteArray, version);
        QFETCH(int, status);
        Http2Client client(m_run->port());
        QVERIFY(client.readUntil([&] { return client.codec().peer().received; }));
        const StreamId stream =
            client.request("CONNECT", target.toStdString(),
                           {{":protocol", protocol.toStdString()}, {"sec-websocket-version", version.toStdString()}});
        QVERIFY(client.readToEnd(stream));
        QCOMPARE(client.answer(stream).head->status, status);
    }

    void endsWebSocketsAsTheirConnectionsEnd_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("FIN") << QByteArray("fin") << QByteArray("frameend");
        QTest::newRow("RST") << QByteArray("reset") << QByteArray("framecut CANCEL");
    }

    void endsWebSocketsAsTheirConnectionsEnd()
    {
        QFETCH(QByteArray, end);
        QFETCH(QByteArray, text);
        Http2Client client(m_run->port());
        const StreamId socket =
            client.openWebSocket("/ws/scenario/close-without-frame?interval=0&end=" + end.toStdString());
        QVERIFY(client.readToEnd(socket));
        QVERIFY2(client.answer(socket).text().endsWith(text), client.answer(socket).text());
    }

    void readsOnBehindItsOwnEnd()
    {
        Http2Client client(m_run->port());
        const StreamId socket = client.openWebSocket("/ws/scenario/half-close?interval=60000");
        QVERIFY(client.readToEnd(socket));
        QVERIFY(client.answer(socket).isEnded);
        client.send(socket, Bytes(200'000, 'x')); // more than a window
        QTRY_VERIFY([&] {
            client.readToEnd(client.get("/favicon.ico"));
            return client.codec().unsent(socket) == 0;
        }());
    }
};

PUSHSCOPE_TEST(Http2StreamTest)
#include "http2streamtest.moc"
