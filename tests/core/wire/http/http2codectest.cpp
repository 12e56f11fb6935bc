#include "core/wire/http/http2codec.h"
#include "tests/core/wire/http/http2pair.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <vector>

using namespace pushscope;
using namespace pushscope::test;

namespace {

const std::string getFields = ":method=GET :scheme=http :authority=localhost :path=/";

/// What a server says to every request.
Http2Pair::Answer answers(std::function<void(Http2Codec &server, StreamId stream)> say)
{
    return [say = std::move(say)](Http2Codec &server, const HttpFact &fact) {
        if (fact.kind == HttpFact::Kind::Head)
            say(server, fact.stream);
    };
}

HttpHead webSocketRequest()
{
    HttpHead head = request("CONNECT", "/chat");
    head.headers.add(":protocol", "websocket");
    head.headers.add("sec-websocket-version", "13");
    return head;
}

} // namespace

class Http2CodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysTheSameHoweverItIsCut_data()
    {
        QTest::addColumn<int>("cut");
        for (int cut = 0; cut < 80; ++cut)
            QTest::addRow("%d", cut) << cut;
    }
    void saysTheSameHoweverItIsCut()
    {
        QFETCH(int, cut);
        Http2Pair pair(static_cast<std::size_t>(cut));
        pair.answer = answers([](Http2Codec &server, StreamId stream) {
            server.sendHead(stream, answer(103, {{"Link", "</a>"}}));
            server.sendHead(stream, answer(200, {{"Content-Type", "text/event-stream"}, {"Connection", "close"}}));
            server.sendBody(stream, "data: 1\n\n");
            server.sendBody(stream, "data: 2\n\n");
            server.sendEnd(stream, {{"T", "1"}});
        });
        QCOMPARE(pair.client.sendRequest(request(), {})->value, 1U);
        pair.run();
        QCOMPARE(pair.client.sendRequest(request("POST", "/p", {{"Te", "trailers"}}), "body")->value, 3U);
        pair.run();
        QCOMPARE(pair.atServer.take(), "0 settings\n1 head GET / " + getFields +
                                           "\n1 end\n3 head POST /p :method=POST :scheme=http :authority=localhost "
                                           ":path=/p te=trailers\n3 body \"body\"\n3 end\n");
        std::string expected = "0 settings\n";
        for (const std::string id : {"1", "3"})
            expected += id + " head 103 :status=103 link=</a>\n" + id +
                        " head 200 :status=200 content-type=text/event-stream\n" + id +
                        " body \"data: 1\\ndata: 2\\n\"\n" + id + " trailers t=1\n" + id + " end\n";
        std::string seen = pair.atClient.take();
        for (std::size_t at = seen.find("\\n\\n"); at != std::string::npos; at = seen.find("\\n\\n"))
            seen.erase(at, 2);
        QCOMPARE(seen, expected);
        QVERIFY(!pair.client.failure() && !pair.server.failure());
        QCOMPARE(pair.client.openStreams(), std::size_t{0});
        QCOMPARE(pair.server.openStreams(), std::size_t{0});
    }

    void sendsEachBodyInADataFrameOfItsOwn()
    {
        Http2Pair pair;
        pair.answer = answers([](Http2Codec &server, StreamId stream) {
            server.sendHead(stream, answer(200));
            for (int i = 0; i < 5; ++i)
                server.sendBody(stream, "data: x\n\n");
        });
        std::size_t frames = 0;
        pair.react = [&frames](Http2Codec &, const HttpFact &fact) { frames += fact.kind == HttpFact::Kind::Body; };
        pair.client.sendRequest(request(), {});
        pair.run();
        QCOMPARE(frames, std::size_t{5});
        QVERIFY(pair.client.isInsideMessage(StreamId(1)));
        QVERIFY(!pair.server.isInsideMessage(StreamId(1)));
    }

    void tunnelsBothWays()
    {
        Http2Pair pair;
        pair.answer = [](Http2Codec &server, const HttpFact &fact) {
            if (fact.kind == HttpFact::Kind::Head)
                server.sendHead(fact.stream, answer(200));
            if (fact.kind == HttpFact::Kind::Body)
                server.sendBody(fact.stream, "pong");
            if (fact.kind == HttpFact::Kind::End)
                server.sendEnd(fact.stream);
        };
        pair.run();
        QVERIFY(pair.client.peer().connectProtocol);
        const StreamId stream = *pair.client.sendRequest(webSocketRequest(), {});
        pair.run();
        QCOMPARE(pair.atClient.take(), std::string("0 settings\n1 head 200 :status=200\n"));
        pair.client.sendBody(stream, "ping");
        pair.run();
        QCOMPARE(pair.atClient.take(), std::string("1 body \"pong\"\n"));
        pair.client.sendEnd(stream);
        pair.run();
        QCOMPARE(pair.atClient.take(), std::string("1 end\n"));
        QCOMPARE(pair.atServer.take(),
                 std::string("0 settings\n1 head CONNECT /chat :method=CONNECT :scheme=http :authority=localhost "
                             ":path=/chat :protocol=websocket sec-websocket-version=13\n1 body \"ping\"\n1 end\n"));
        QCOMPARE(pair.client.openStreams(), std::size_t{0});
    }

    void knowsATunnelThatThePeerHasEnded()
    {
        Http2Pair pair;
        pair.answer = answers([](Http2Codec &server, StreamId stream) {
            server.sendHead(stream, answer(200));
            server.sendEnd(stream);
        });
        pair.run();
        const StreamId stream = *pair.client.sendRequest(webSocketRequest(), {});
        QVERIFY(!pair.client.isHalfClosedByPeer(stream));
        pair.run();
        QVERIFY(pair.client.isHalfClosedByPeer(stream));
        QCOMPARE(pair.client.openStreams(), std::size_t{1});
        pair.client.sendEnd(stream);
        pair.run();
        QVERIFY(!pair.client.isHalfClosedByPeer(stream));
        QCOMPARE(pair.client.openStreams(), std::size_t{0});
    }

    void resetsEitherWay()
    {
        Http2Pair pair;
        pair.answer = answers([](Http2Codec &server, StreamId stream) { server.sendHead(stream, answer(200)); });
        const StreamId first = *pair.client.sendRequest(request(), {});
        const StreamId second = *pair.client.sendRequest(request(), {});
        pair.run();
        (void)pair.atClient.take();
        (void)pair.atServer.take();
        pair.client.cancel(first);
        pair.server.reset(second, Http2ErrorCode::InternalError);
        pair.server.sendBody(second, "late");
        pair.run();
        QCOMPARE(pair.atServer.take(), std::string("1 reset CANCEL by peer\n"));
        QCOMPARE(pair.atClient.take(), std::string("3 reset INTERNAL_ERROR by peer\n"));
        QCOMPARE(pair.client.openStreams(), std::size_t{0});
        QCOMPARE(pair.server.openStreams(), std::size_t{0});
        pair.client.consume(first, 10);
    }

    void cancelsARequestThatWasNotSent()
    {
        Http2Pair pair;
        pair.client.cancel(*pair.client.sendRequest(request(), {}));
        pair.run();
        QCOMPARE(pair.atServer.take(), std::string("0 settings\n"));
        QCOMPARE(pair.atClient.take(), std::string("0 settings\n"));
        QCOMPARE(pair.client.openStreams(), std::size_t{0});
    }

    void pings()
    {
        Http2Pair pair;
        pair.client.ping(0x0102030405060708);
        pair.run();
        QCOMPARE(pair.atClient.take(), "0 settings\n0 ping ack " + std::to_string(0x0102030405060708) + '\n');
    }

    void leavesGracefully()
    {
        Http2Pair pair;
        pair.answer = answers([](Http2Codec &server, StreamId stream) { server.sendHead(stream, answer(200)); });
        const StreamId stream = *pair.client.sendRequest(request(), {});
        pair.run();
        (void)pair.atClient.take();
        pair.server.announceGoaway();
        pair.run();
        QCOMPARE(pair.atClient.take(), std::string("0 goaway last 2147483647 NO_ERROR \"\"\n"));
        QVERIFY(!pair.client.isReusable());
        QVERIFY(!pair.client.sendRequest(request(), {}));
        pair.server.goaway(Http2ErrorCode::NoError, "bye");
        pair.server.sendEnd(stream);
        pair.run();
        QCOMPARE(pair.atClient.take(), std::string("0 goaway last 1 NO_ERROR \"bye\"\n1 end\n"));
        QVERIFY(pair.client.isOver() && pair.server.isOver());
        QVERIFY(!pair.client.failure() && !pair.server.failure());
    }

    void refusesWhatGoawayLeftOut()
    {
        Http2Pair pair;
        pair.run();
        (void)pair.atClient.take();
        pair.server.goaway(Http2ErrorCode::EnhanceYourCalm);
        pair.client.sendRequest(request(), {});
        const Bytes lost = pair.client.takeOutput();
        pair.run();
        QCOMPARE(
            pair.atClient.take(),
            std::string("0 goaway last 0 ENHANCE_YOUR_CALM \"\"\n1 reset REFUSED_STREAM by us: the peer left before "
                        "it took the stream on, so it may be tried again (RFC 9113 section 6.8)\n"));
        QVERIFY(!pair.client.failure());
    }

    void promisesWhenItIsWanted()
    {
        Http2Codec::Options wanting;
        wanting.enablePush = true;
        for (const bool wanted : {true, false}) {
            Http2Pair pair(1, wanted ? wanting : Http2Codec::Options{});
            pair.answer = answers([wanted](Http2Codec &server, StreamId stream) {
                const auto pushed = server.promise(stream, request("GET", "/pushed"));
                QCOMPARE(pushed.has_value(), wanted);
                server.sendHead(stream, answer(204));
                server.sendEnd(stream);
                if (!pushed)
                    return;
                server.sendHead(*pushed, answer(200));
                server.sendBody(*pushed, "x");
                server.sendEnd(*pushed);
            });
            pair.client.sendRequest(request(), {});
            pair.run();
            const std::string seen = pair.atClient.take();
            QCOMPARE(seen.find("1 promise 2 GET /pushed :method=GET") != std::string::npos, wanted);
            QCOMPARE(seen.find("2 body \"x\"\n2 end\n") != std::string::npos, wanted);
            QVERIFY(seen.find("1 end\n") != std::string::npos);
            QCOMPARE(pair.client.openStreams(), std::size_t{0});
            QVERIFY(!pair.client.failure());
        }
    }

    void tellsHttp1Apart()
    {
        for (const std::size_t cut : {0, 1}) {
            Http2Codec client(Role::Client, {});
            const Bytes answered = "HTTP/1.1 400 Bad Request\r\n\r\n";
            for (std::size_t at = 0; at < answered.size(); at += cut == 0 ? answered.size() : cut)
                client.feed(ByteView(answered).substr(at, cut == 0 ? answered.size() : cut));
            QCOMPARE(client.failure()->code, ErrorCode::Http2NotOffered);
            Http2Codec server(Role::Server, {});
            server.feed("GET / HTTP/1.1\r\n");
            QCOMPARE(server.failure()->code, ErrorCode::Http2Protocol);
            HttpFact fact;
            QVERIFY(!client.next(fact) && !server.next(fact));
            QVERIFY(!server.takeOutput().empty());
            QVERIFY(server.isOver());
        }
    }

    void tellsTlsApart()
    {
        Http2Codec client(Role::Client, {});
        client.feed("\x15");
        QVERIFY(!client.failure());
        client.feed(ByteView("\x03\x01\x00\x02\x02\x46", 6));
        QCOMPARE(client.failure()->code, ErrorCode::Http2NotOffered);
        QVERIFY(client.failure()->detail.find("a TLS alert") != std::string::npos);
    }

    void tellsAConnectionError()
    {
        Http2Pair pair;
        pair.client.sendRequest(request(), {});
        pair.run();
        (void)pair.atServer.take();
        Bytes frame;
        appendHttp2Frame(frame, {.type = Http2FrameType::Ping, .stream = 1}, "12345678");
        pair.server.feed(frame);
        QCOMPARE(pair.server.failure().value_or(Error{}),
                 (Error{ErrorCode::Http2Protocol, "PING came on a stream (RFC 9113 section 6.7)"}));
        pair.atServer.drain(pair.server);
        QCOMPARE(pair.atServer.take(), std::string());
        pair.run();
        QVERIFY(pair.atClient.take().find("goaway last 1 PROTOCOL_ERROR") != std::string::npos);
        QVERIFY(pair.server.isOver());
    }
};

PUSHSCOPE_TEST(Http2CodecTest)
#include "http2codectest.moc"
