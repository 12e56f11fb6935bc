#include "core/engine/http1inbound.h"

#include "core/engine/exchange.h"
#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class Http1InboundTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsHeadsChunksAndTrailers();
    void recordsHoweverTheBytesArrive_data();
    void recordsHoweverTheBytesArrive();
    void knowsWhichChunkCarriedABody();
    void timesTheAnswer();
    void blamesTheReadForWhatIsNoHttp();
};

namespace {

constexpr ByteView Answer =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n";

struct Fixture
{
    Fixture()
    {
        HttpHead request;
        request.method = "GET";
        request.target = "/";
        request.headers.add("Host", "a");
        codec.sendRequest(request, {});
        exchange.noteRequest(Seq(50));
    }

    void feed(ByteView bytes, std::size_t pieceSize = 1000)
    {
        for (std::size_t at = 0; at < bytes.size(); at += pieceSize) {
            inbound.feed(recording.transfer(bytes.substr(at, pieceSize)));
            for (HttpFact fact; inbound.next(fact);)
                body += fact.kind == HttpFact::Kind::Body ? Bytes(fact.body) : Bytes();
        }
    }

    Recording recording;
    Exchange exchange{recording.recorder, {}, {}};
    Http1Codec codec{Role::Client};
    Http1Inbound inbound{exchange, codec};
    Bytes body;
};

} // namespace

void Http1InboundTest::recordsHeadsChunksAndTrailers()
{
    Fixture fixture;
    fixture.feed("HTTP/1.1 103 Early Hints\r\n\r\n");
    fixture.feed(Answer);
    QCOMPARE(fixture.body, Bytes("abcde"));
    QCOMPARE(fixture.recording.text(), std::string("2 http.response 103\n"
                                                   "4 http.response 200\n"
                                                   "5 h1.chunk \"3;x=y\\r\\nabc\\r\\n\" by 3\n"
                                                   "6 h1.chunk \"2\\r\\nde\\r\\n\" by 3\n"
                                                   "7 h1.chunk \"0\\r\\n\" by 3\n"
                                                   "8 http.trailers \"T: 1\\r\\n\\r\\n\"\n"));
    QCOMPARE(fixture.recording.writer.record(Seq(4)).related, 50u);
    QCOMPARE(fixture.inbound.headRecord(), Seq(4));
}

void Http1InboundTest::recordsHoweverTheBytesArrive_data()
{
    QTest::addColumn<int>("pieceSize");
    for (int size = 1; size < 12; ++size)
        QTest::addRow("%d bytes", size) << size;
}

void Http1InboundTest::recordsHoweverTheBytesArrive()
{
    QFETCH(int, pieceSize);
    Fixture fixture;
    fixture.feed(Answer, static_cast<std::size_t>(pieceSize));
    QCOMPARE(fixture.body, Bytes("abcde"));
    std::string text;
    fixture.recording.writer.publish();
    for (std::uint64_t seq = 1; seq <= fixture.recording.capture->counts().records; ++seq) {
        const Record &record = fixture.recording.capture->record(Seq(seq));
        if (layerOf(record.kind) != Layer::Reads)
            text += escaped(fixture.recording.capture->origin(Seq(seq))) + "\n";
    }
    QCOMPARE(text,
             std::string("HTTP/1.1 200 OK\\r\\nTransfer-Encoding: "
                         "chunked\\r\\n\\r\\n\n3;x=y\\r\\nabc\\r\\n\n2\\r\\nde\\r\\n\n0\\r\\n\nT: 1\\r\\n\\r\\n\n"));
}

void Http1InboundTest::knowsWhichChunkCarriedABody()
{
    Fixture fixture;
    fixture.feed(Answer.substr(0, 55));
    fixture.feed(Answer.substr(55));
    const Trail &body = fixture.exchange.receivedTrail();
    QCOMPARE(body.carrierAt(0), Seq(3));
    QCOMPARE(body.carrierAt(2), Seq(3)); // the chunk, though another read brought its end
    QCOMPARE(body.carrierAt(3), Seq(5));
    QCOMPARE(body.end(), 5u);
}

void Http1InboundTest::timesTheAnswer()
{
    Fixture fixture;
    fixture.recording.clock.monotonic += 12'500'000;
    fixture.recording.recorder.tick();
    fixture.feed("HTTP/1.1 200 OK\r\n\r\n");
    fixture.recording.writer.publish();
    QCOMPARE(decodeFacts<ResponseFacts>(fixture.recording.capture->derived(Seq(2))).ttfbMs, 12.5);
}

void Http1InboundTest::blamesTheReadForWhatIsNoHttp()
{
    Fixture fixture;
    fixture.feed("SSH-2.0-x\r\n");
    QCOMPARE(fixture.recording.text(), std::string("2 finding http.not-http of 1 at 0+7 0\n"));
    QVERIFY(fixture.codec.failure());
}

PUSHSCOPE_TEST(Http1InboundTest)
#include "http1inboundtest.moc"
