#include "core/demo/http2connection.h"

#include "tests/core/demo/demorun.h"
#include "tests/core/demo/http2client.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

using namespace pushscope;
using namespace std::string_literals;

class Http2ConnectionTest : public QObject
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

    void answersSideBySide()
    {
        Http2Client client(m_run->port());
        const StreamId feed = client.get("/events?interval=20&seed=31");
        const StreamId page = client.get("/demo.css");
        const StreamId missing = client.get("/nothing");
        QVERIFY(client.readToEnd(page) && client.readToEnd(missing));
        QCOMPARE(client.answer(page).head->status, 200);
        QCOMPARE(client.answer(missing).head->status, 404);
        QVERIFY(client.readUntil([&] { return client.answer(feed).body.find("id: 2\n") != Bytes::npos; }));
        QVERIFY(!client.answer(feed).isOver());
    }

    void tellsItsLimits()
    {
        Http2Client client(m_run->port());
        QVERIFY(client.readUntil([&] { return client.codec().peer().received; }));
        QVERIFY(client.codec().peer().connectProtocol);
        QCOMPARE(client.codec().peer().maxConcurrentStreams, 10'000u);
    }

    void carriesThousandsOfStreams()
    {
        constexpr int count = 3000;
        Http2Client client(m_run->port());
        std::vector<StreamId> streams;
        QVERIFY(client.readUntil([&] { return client.codec().peer().received; }));
        for (int i = 0; i < count; ++i)
            streams.push_back(client.get("/events?interval=200&seed=77"));
        for (const StreamId stream : streams)
            QVERIFY(client.readUntil([&] { return client.answer(stream).body.find("event: tick") != Bytes::npos; }));
        QTRY_COMPARE(m_run->server().status().streams, std::uint32_t(count));
        QTRY_COMPARE(m_run->server().status().connections, 1u);
        const StreamId quick = client.get("/favicon.ico");
        QVERIFY(client.readToEnd(quick));
    }

    void sharesFairly()
    {
        constexpr std::size_t count = 20;
        Http2Client client(m_run->port());
        std::vector<StreamId> streams;
        for (std::size_t i = 0; i < count; ++i)
            streams.push_back(client.get("/events?interval=0&size=200&seed=" + std::to_string(i)));
        std::size_t total = 0;
        QVERIFY(client.readUntil([&] {
            total = 0;
            for (const StreamId stream : streams)
                total += client.answer(stream).body.size();
            return total > 8'000'000;
        }));
        for (const StreamId stream : streams)
            QVERIFY2(client.answer(stream).body.size() > total / count / 2, std::to_string(stream.value).c_str());
    }

    void starvedStreamsDoNotStopTheOthers()
    {
        Http2Client client(m_run->port());
        client.setConsuming(false);
        const StreamId starved = client.get("/events?interval=0&size=1000");
        constexpr std::size_t window = Http2Codec::Options().streamWindow;
        QVERIFY(client.readBody(starved, window)); // all of it
        const StreamId other = client.get("/demo.css");
        QVERIFY(client.readToEnd(other));
        client.codec().consume(starved, window);
        client.flush();
        QVERIFY(client.readBody(starved, window + window / 2));
    }

    void makesNoMoreThanTheClientReads()
    {
        RawClient socket(m_run->port());
        Http2Codec::Options options;
        options.streamWindow = 0x7fffffff;
        options.connectionWindow = 0x7fffffff;
        Http2Codec codec(Role::Client, options);
        for (int i = 0; i < 100; ++i) {
            HttpHead head;
            head.method = "GET";
            head.headers = {{":method", "GET"},
                            {":scheme", "http"},
                            {":authority", "localhost:" + std::to_string(m_run->port())},
                            {":path", "/events?interval=0&size=10000"}};
            QVERIFY(codec.sendRequest(head, {}));
        }
        socket.send(codec.takeOutput());
        QTRY_COMPARE(m_run->server().status().streams, 100u);
        QVERIFY(m_run->answer("/nothing").startsWith("HTTP/1.1 404 "));
        QVERIFY(socket.readBytes(20'000'000)); // what is read is made again
    }

    void endsWithTheClientsGoaway()
    {
        Http2Client client(m_run->port());
        const StreamId feed = client.get("/events?interval=10&count=3&seed=91");
        client.codec().goaway(Http2ErrorCode::NoError);
        client.flush();
        QVERIFY(client.readToEnd(feed));
        QVERIFY(client.answer(feed).isEnded);
        QVERIFY(client.socket().readToEnd() == RawClient::End::Fin);
    }

    void answersBehindTheClientsFin()
    {
        Http2Client client(m_run->port());
        const StreamId feed = client.get("/events?interval=10&count=3&seed=92");
        client.socket().sendFin();
        QVERIFY(client.readToEnd(feed));
        QVERIFY(client.answer(feed).isEnded);
        QVERIFY(client.socket().readToEnd() == RawClient::End::Fin);
    }

    void saysGoodbyeWhenTheServerStops()
    {
        auto run = std::make_unique<DemoRun>();
        Http2Client client(run->port());
        const StreamId feed = client.get("/events?interval=10");
        QVERIFY(client.readUntil([&] { return !client.answer(feed).body.empty(); }));
        run.reset();
        client.readUntil([] { return false; });
        QVERIFY(client.socket().end() != RawClient::End::Open);
        QCOMPARE(client.count(Http2FrameType::Goaway, {}), std::size_t(1));
    }

    void endsWithWordsWhatIsNoHttp2()
    {
        RawClient client(m_run->port());
        client.send(Bytes(Http2Preface) + "GET / HTTP/1.1\r\n\r\n and more than a frame's header");
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().find("\x07\0"s) != Bytes::npos); // GOAWAY
        QVERIFY(m_run->answer("/favicon.ico").startsWith("HTTP/1.1 204 "));
    }

    void forgetsStreamsThatTheClientResets()
    {
        Http2Client client(m_run->port());
        const StreamId feed = client.get("/events?interval=10&seed=93");
        QVERIFY(client.readUntil([&] { return !client.answer(feed).body.empty(); }));
        client.codec().cancel(feed);
        client.flush();
        QTRY_COMPARE(m_run->server().status().streams, 0u);
        QVERIFY(client.readToEnd(client.get("/favicon.ico")));
    }
};

PUSHSCOPE_TEST(Http2ConnectionTest)
#include "http2connectiontest.moc"
