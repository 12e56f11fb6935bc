#include "tests/core/demo/http2client.h"
#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

#include <algorithm>

using namespace pushscope;
using namespace std::string_literals;

class FrameScenariosTest : public ScenarioTest
{
    Q_OBJECT

private:
    /// The frames of that type that a scenario brings about.
    std::vector<Http2SentFrame> frames(std::string_view target, Http2FrameType type) const
    {
        Http2Client client(run().port());
        client.readToEnd(client.get(target));
        std::vector<Http2SentFrame> found;
        for (const Http2SentFrame &frame : client.frames()) {
            if (frame.header.type == type)
                found.push_back(frame);
        }
        return found;
    }

private Q_SLOTS:
    void changesSettings_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("streams") << QByteArray("setting=MAX_CONCURRENT_STREAMS&value=100")
                                 << QByteArray("\0\3\0\0\0\x64", 6);
        QTest::newRow("window") << QByteArray("setting=INITIAL_WINDOW_SIZE&value=32768")
                                << QByteArray("\0\4\0\0\x80\0", 6);
        QTest::newRow("table") << QByteArray("setting=HEADER_TABLE_SIZE&value=256") << QByteArray("\0\1\0\0\1\0", 6);
    }

    void changesSettings()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, payload);
        const auto sent =
            frames("/scenario/settings-change?interval=0&" + query.toStdString(), Http2FrameType::Settings);
        QVERIFY(std::any_of(sent.begin(), sent.end(), [&](const Http2SentFrame &frame) {
            return !frame.header.has(Http2Flag::Ack) && QByteArray::fromStdString(frame.payload) == payload;
        }));
    }

    void limitsStreamsFromThenOn()
    {
        Http2Client client(run().port());
        const StreamId stream =
            client.get("/scenario/settings-change?interval=0&setting=MAX_CONCURRENT_STREAMS&value=1");
        QVERIFY(client.readToEnd(stream));
        QCOMPARE(client.codec().peer().maxConcurrentStreams, 1u);
    }

    void pings()
    {
        Http2Client client(run().port());
        const StreamId stream = client.get("/scenario/server-ping?interval=5");
        QVERIFY(client.readUntil([&] { return client.count(Http2FrameType::Ping, {}) >= 3; }));
        QVERIFY(client.readUntil([&] { return client.answer(stream).body.size() > 60; }));
        const auto ping = std::find_if(client.frames().begin(), client.frames().end(), [](const Http2SentFrame &frame) {
            return frame.header.type == Http2FrameType::Ping;
        });
        QCOMPARE(ping->payload, "pushscop"s);
        QVERIFY(!ping->header.has(Http2Flag::Ack));
    }

    void pads()
    {
        Http2Client client(run().port());
        const StreamId stream = client.get("/scenario/padding?interval=0&to=64");
        QVERIFY(client.readToEnd(stream));
        int padded = 0;
        for (const Http2SentFrame &frame : client.frames()) {
            const bool isMessage =
                frame.header.type == Http2FrameType::Data || frame.header.type == Http2FrameType::Headers;
            if (!isMessage || !frame.header.has(Http2Flag::Padded))
                continue;
            ++padded;
            QCOMPARE(frame.header.length % 64, 0u);
        }
        QCOMPARE(padded, 3); // the head and two events
        QCOMPARE(client.answer(stream).text(), QByteArray("200 id: 1\ndata: head and event are padded\n\n"
                                                          "id: 2\ndata: this one too\n\n"
                                                          "id: 3\ndata: and this one is not\n\nend"));
    }

    void sendsTrailers()
    {
        Http2Client client(run().port());
        const StreamId stream = client.get("/scenario/trailers?interval=0");
        QVERIFY(client.readToEnd(stream));
        QCOMPARE(std::string(client.answer(stream).trailers.value("x-events").value_or("")), "1"s);
        QCOMPARE(std::string(client.answer(stream).trailers.value("x-reason").value_or("")), "the stream is complete"s);
        QVERIFY(run().answer("/scenario/trailers?interval=0").contains("0\r\nX-Events: 1\r\nX-Reason: "));
    }

    void pushesWhatNobodySees()
    {
        Http2Codec::Options options;
        options.enablePush = true;
        Http2Client client(run().port(), options);
        const StreamId stream = client.get("/scenario/push-promise?interval=0");
        QVERIFY(client.readToEnd(stream));
        QCOMPARE(client.answer(stream).text().count("data: "), 2);
        const StreamId pushed(2);
        QVERIFY(client.readToEnd(pushed));
        QCOMPARE(client.answer(pushed).text(),
                 QByteArray("200 id: 1\ndata: these bytes arrive, and no application ever sees them\n\nend"));
        QCOMPARE(client.count(Http2FrameType::PushPromise, stream), std::size_t(1));
    }

    void saysWhenNothingCanBePushed()
    {
        Http2Client client(run().port());
        const StreamId stream = client.get("/scenario/push-promise?interval=0");
        QVERIFY(client.readToEnd(stream));
        QVERIFY(client.answer(stream).body.find(": this client's SETTINGS_ENABLE_PUSH is 0") != Bytes::npos);
        QCOMPARE(client.count(Http2FrameType::PushPromise, stream), std::size_t(0));
    }

    void sendsUnknownFrames()
    {
        const auto sent = frames("/scenario/unknown-frames?type=250", static_cast<Http2FrameType>(250));
        QCOMPARE(sent.size(), std::size_t(2));
        QCOMPARE(sent[0].payload, "on the connection"s);
        QCOMPARE(sent[0].header.stream, 0u);
        QCOMPARE(sent[1].payload, "on the stream"s);
        QVERIFY(sent[1].header.stream != 0);
        QCOMPARE(run().streamOverHttp2("/scenario/unknown-frames"),
                 QByteArray("id: 1\ndata: frames of a type that nobody knows follow\n\n"
                            "id: 2\ndata: an endpoint ignores them\n\nend"));
    }

    void namesAlternatives()
    {
        const std::string origin = "http://localhost:" + std::to_string(run().port());
        const auto services = frames("/scenario/altsvc-origin", Http2FrameType::Altsvc);
        QCOMPARE(services.size(), std::size_t(2));
        QCOMPARE(services[0].payload,
                 "\0"s + static_cast<char>(origin.size()) + origin + "h2=\"alternative.example:443\"; ma=60");
        QCOMPARE(services[1].payload, "\0\0h2=\"alternative.example:443\"; ma=60"s);
        const auto origins = frames("/scenario/altsvc-origin", Http2FrameType::Origin);
        QCOMPARE(origins.size(), std::size_t(1));
        QVERIFY(origins[0].payload.ends_with("\0\x15https://other.example"s));
    }

    void needsHttp2()
    {
        for (const char *id :
             {"settings-change", "server-ping", "padding", "push-promise", "unknown-frames", "altsvc-origin"})
            QVERIFY(run().answer("/scenario/"s + id).startsWith("HTTP/1.1 505 "));
    }
};

PUSHSCOPE_TEST(FrameScenariosTest)
#include "framestest.moc"
