#include "core/wire/http/http1codec.h"
#include "tests/core/wire/http/httpfacttext.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {

HttpHead get(std::string method = "GET", Headers headers = {})
{
    HttpHead head;
    head.method = std::move(method);
    head.target = "/";
    head.headers = std::move(headers);
    return head;
}

HttpHead answer(int status, Headers headers = {})
{
    HttpHead head;
    head.isRequest = false;
    head.status = status;
    head.headers = std::move(headers);
    return head;
}

std::string facts(HttpCodec &codec, ByteView input)
{
    HttpFactText text;
    codec.feed(input);
    text.drain(codec);
    return text.text();
}

/// What a server that got `request` sends after its head.
Bytes answered(ByteView request, const HttpHead &head)
{
    Http1Codec server(Role::Server);
    facts(server, request);
    server.sendHead({}, head);
    server.takeOutput();
    server.sendBody({}, "hello");
    server.sendBody({}, "");
    server.sendEnd({}, Headers{{"T", "1"}});
    return server.takeOutput();
}

} // namespace

class Http1CodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsRequests()
    {
        const auto sent = [](const HttpHead &head, ByteView body) {
            Http1Codec codec(Role::Client);
            return codec.sendRequest(head, body) ? codec.takeOutput() : Bytes("nothing");
        };
        QCOMPARE(sent(get(), ""), Bytes("GET / HTTP/1.1\r\n\r\n"));
        QCOMPARE(sent(get("POST", Headers{{"A", "1"}}), "hi"),
                 Bytes("POST / HTTP/1.1\r\nA: 1\r\nContent-Length: 2\r\n\r\nhi"));
        QCOMPARE(sent(get("POST", Headers{{"content-length", "9"}}), "hi"),
                 Bytes("POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nhi"));
        QCOMPARE(sent(get("POST", Headers{{"Transfer-Encoding", "chunked"}}), "hi"),
                 Bytes("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"));
    }

    void oneExchangeAtATime()
    {
        Http1Codec codec(Role::Client);
        QVERIFY(codec.isReusable());
        QVERIFY(codec.sendRequest(get("HEAD"), {}).has_value());
        QVERIFY(!codec.isReusable());
        QVERIFY(!codec.sendRequest(get(), {}).has_value());
        QCOMPARE(facts(codec, "HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"),
                 std::string("0-22 head 103 \"Hints\"\n22-60 head 200 \"OK\" Content-Length=3\n60-60 end\n"));
        QVERIFY(codec.isReusable());
        QVERIFY(codec.sendRequest(get(), {}).has_value());
    }

    void reuse_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<bool>("reusable");
        QTest::newRow("complete") << QByteArray() << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
                                  << true;
        QTest::newRow("incomplete") << QByteArray() << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx")
                                    << false;
        QTest::newRow("server closes") << QByteArray() << QByteArray("HTTP/1.1 204 X\r\nConnection: close\r\n\r\n")
                                       << false;
        QTest::newRow("we close") << QByteArray("close") << QByteArray("HTTP/1.1 204 X\r\n\r\n") << false;
        QTest::newRow("HTTP/1.0") << QByteArray() << QByteArray("HTTP/1.0 204 X\r\n\r\n") << false;
        QTest::newRow("HTTP/1.0 kept") << QByteArray() << QByteArray("HTTP/1.0 204 X\r\nConnection: keep-alive\r\n\r\n")
                                       << true;
        QTest::newRow("until the close") << QByteArray() << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << false;
        QTest::newRow("tunnel") << QByteArray() << QByteArray("HTTP/1.1 101 X\r\n\r\n") << false;
        QTest::newRow("bytes behind") << QByteArray() << QByteArray("HTTP/1.1 204 X\r\n\r\nx") << false;
        QTest::newRow("not HTTP") << QByteArray() << QByteArray("garbage\n") << false;
    }
    void reuse()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, input);
        QFETCH(bool, reusable);
        Http1Codec codec(Role::Client);
        codec.sendRequest(get("GET", fields.isEmpty() ? Headers() : Headers{{"Connection", fields.toStdString()}}), {});
        facts(codec, input.toStdString());
        QCOMPARE(codec.isReusable(), reusable);
        codec.finish();
        QVERIFY(!codec.isReusable());
    }

    void answersInTheFramingOfTheHead()
    {
        const Headers chunked{{"Transfer-Encoding", "chunked"}};
        QCOMPARE(answered("GET / HTTP/1.1\r\n\r\n", answer(200, chunked)), Bytes("5\r\nhello\r\n0\r\nT: 1\r\n\r\n"));
        QCOMPARE(answered("HEAD / HTTP/1.1\r\n\r\n", answer(200, chunked)), Bytes());
        QCOMPARE(answered("GET / HTTP/1.1\r\n\r\n", answer(204)), Bytes());
        QCOMPARE(answered("GET / HTTP/1.1\r\n\r\n", answer(200)), Bytes("hello"));
        QCOMPARE(answered("GET / HTTP/1.1\r\n\r\n", answer(200, Headers{{"Content-Length", "5"}})), Bytes("hello"));
        QCOMPARE(answered("GET / HTTP/1.1\r\n\r\n", answer(101)), Bytes("hello"));
    }

    void answersPipelinedRequestsInOrder()
    {
        Http1Codec server(Role::Server);
        facts(server, "HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        const HttpHead head = answer(200, Headers{{"Content-Length", "1"}});
        server.sendHead({}, head);
        server.sendBody({}, "x");
        server.sendEnd({});
        QVERIFY(!server.isReusable()); // one more waits
        QCOMPARE(server.takeOutput(), Bytes("HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\n"));
        server.sendHead({}, answer(103));
        server.sendHead({}, head);
        server.sendBody({}, "x");
        server.sendEnd({});
        QCOMPARE(server.takeOutput(), Bytes("HTTP/1.1 103 \r\n\r\nHTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx"));
        QVERIFY(!server.isReusable());
    }

    void keepsTheConnectionAfterAnAnswer()
    {
        Http1Codec server(Role::Server);
        facts(server, "GET / HTTP/1.1\r\n\r\n");
        server.sendHead({}, answer(204));
        server.sendEnd({});
        QVERIFY(server.isReusable());
        server.cancel({});
        QVERIFY(!server.isReusable());
    }

    void tunnelsBothWays()
    {
        Http1Codec client(Role::Client);
        Http1Codec server(Role::Server);
        client.sendRequest(get("GET", Headers{{"Upgrade", "websocket"}}), {});
        HttpFact fact;
        const Bytes request = client.takeOutput() + "early";
        server.feed(request);
        HttpFactText seen;
        while (server.next(fact)) {
            seen.add(fact, server.findings());
            if (fact.kind == HttpFact::Kind::Head)
                server.sendHead({}, answer(101));
        }
        server.sendBody({}, "\x81\x01x");
        QCOMPARE(seen.text(), std::string("0-38 head GET / Upgrade=websocket\n38-38 end\n38-43 body \"early\"\n"));
        QCOMPARE(facts(client, server.takeOutput()), std::string("0-17 head 101 \"\"\n17-20 body \"\\x81\\x01x\"\n"));
        client.sendBody({}, "raw");
        QCOMPARE(client.takeOutput(), Bytes("raw"));
        QVERIFY(!client.isInsideMessage({}));
    }

    void handsOutWhatTheParserSays()
    {
        Http1Codec codec(Role::Client);
        QCOMPARE(codec.version(), HttpVersion::Http11);
        codec.sendRequest(get(), {});
        facts(codec, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
        QVERIFY(codec.isInsideMessage({}));
        codec.finish();
        HttpFact fact;
        QVERIFY(!codec.next(fact));
        QCOMPARE(codec.findings().size(), std::size_t{1});
        QVERIFY(!codec.failure().has_value());
        Http1Codec cut(Role::Client, 20);
        cut.feed("HTTP/1.1 2");
        QVERIFY(!cut.next(fact));
        QCOMPARE(cut.pendingBytes(), std::uint64_t{10});
        cut.feed("00 OK and more");
        QVERIFY(cut.next(fact));
        QCOMPARE(cut.failure()->code, ErrorCode::HttpHeadTooLarge);
    }
};

PUSHSCOPE_TEST(Http1CodecTest)
#include "http1codectest.moc"
