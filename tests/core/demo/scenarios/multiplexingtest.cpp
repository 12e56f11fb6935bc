#include "core/demo/scenarios/registry.h"

#include "tests/core/demo/http2client.h"
#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;
using namespace std::string_literals;

class MultiplexingScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void opensTwelveStreamsOnOneConnection()
    {
        Http2Client client(run().port());
        const std::vector<std::string> queries = demo::scenarioAt("/scenario/twelve-streams")->queries;
        QCOMPARE(queries.size(), std::size_t(12));
        std::vector<StreamId> streams;
        for (const std::string &query : queries)
            streams.push_back(client.get("/scenario/twelve-streams?interval=10&" + query));
        for (std::size_t i = 0; i < streams.size(); ++i) {
            const Bytes data = "data: stream " + std::to_string(i + 1) + " of twelve\n\n";
            QVERIFY(client.readUntil([&] { return client.answer(streams[i]).body.starts_with(data + data); }));
        }
    }

    void movesGracefully()
    {
        Http2Client client(run().port());
        const StreamId before = client.get("/events?interval=50&count=8&seed=61");
        const StreamId stream = client.get("/scenario/goaway?interval=20&code=ENHANCE_YOUR_CALM");
        QVERIFY(client.readToEnd(stream) && client.readToEnd(before));
        QVERIFY(client.answer(stream).body.find("id: 3\n") != Bytes::npos);
        QVERIFY(client.answer(stream).isEnded && client.answer(before).isEnded);
        std::vector<HttpFact> goaways;
        for (const HttpFact &fact : client.connectionFacts()) {
            if (fact.kind == HttpFact::Kind::Goaway)
                goaways.push_back(fact);
        }
        QCOMPARE(goaways.size(), std::size_t(2));
        QCOMPARE(goaways[0].other.value, 0x7fffffffu);
        QVERIFY(goaways[0].errorCode == Http2ErrorCode::NoError);
        QCOMPARE(goaways[1].other, stream);
        QVERIFY(goaways[1].errorCode == Http2ErrorCode::EnhanceYourCalm);
        QCOMPARE(goaways[1].detail, "the demo moves"s);
        QVERIFY(client.socket().readToEnd() == RawClient::End::Fin); // with the last stream
        QCOMPARE(run().streamOverHttp2("/scenario/goaway", "3"),
                 QByteArray("id: 4\ndata: on another connection, behind the last event ID\n\nend"));
        QCOMPARE(run().streamOverHttp2("/scenario/goaway", "4"), QByteArray("204 end"));
    }

    void refusesBeforeTheAnswer()
    {
        Http2Client client(run().port());
        const StreamId stream = client.get("/scenario/goaway-refused?interval=0");
        QVERIFY(client.readToEnd(stream));
        QVERIFY(client.answer(stream).text().endsWith("cut REFUSED_STREAM"));
        QCOMPARE(client.count(Http2FrameType::Goaway, {}), std::size_t(1));
    }

    void resetsWithEachCode_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const std::string &query : demo::scenarioAt("/scenario/reset-stream")->queries)
            QTest::newRow(query.c_str()) << QByteArray::fromStdString(query);
        QCOMPARE(demo::scenarioAt("/scenario/reset-stream")->queries.size(), std::size_t(14));
    }

    void resetsWithEachCode()
    {
        QFETCH(QByteArray, query);
        const QByteArray code = query.mid(5);
        QCOMPARE(run().streamOverHttp2("/scenario/reset-stream?interval=0&" + query.toStdString()),
                 "id: 1\ndata: RST_STREAM with " + code + " follows\n\ncut " + code);
    }

    void tellsHowLongItWasStarved()
    {
        Http2Codec::Options options;
        options.streamWindow = 10'000;
        Http2Client client(run().port(), options);
        client.setConsuming(false);
        const StreamId stream = client.get("/scenario/flow-control?count=20&size=3000");
        QVERIFY(client.readBody(stream, 10'000)); // all that the window lets out
        QVERIFY(client.readToEnd(client.get("/favicon.ico")));
        QCOMPARE(client.answer(stream).body.size(), std::size_t(10'000));
        QVERIFY(client.readToEnd(client.get("/events?interval=40&count=4&seed=62"))); // starved for 120 ms
        client.setConsuming(true);
        client.codec().consume(stream, 10'000);
        client.flush();
        QVERIFY(client.readToEnd(stream));
        const Bytes &body = client.answer(stream).body;
        QVERIFY(body.find("\"stream_window\":10000,") != Bytes::npos);
        long longest = 0;
        for (std::size_t at = body.find("blocked_ms\":"); at != Bytes::npos; at = body.find("blocked_ms\":", at + 1))
            longest = std::max(longest, std::stol(body.substr(at + 12, 12)));
        QVERIFY(longest >= 100);
        QVERIFY(body.find("id: 20\n") != Bytes::npos);
    }

    void needsHttp2()
    {
        for (const char *id : {"goaway", "goaway-refused", "reset-stream", "flow-control"})
            QVERIFY(run().answer("/scenario/"s + id).startsWith("HTTP/1.1 505 "));
    }
};

PUSHSCOPE_TEST(MultiplexingScenariosTest)
#include "multiplexingtest.moc"
