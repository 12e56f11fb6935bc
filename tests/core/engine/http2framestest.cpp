#include "core/engine/http2frames.h"

#include "tests/core/engine/http2peer.h"
#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class Http2FramesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsFramesHoweverTheyArrive_data();
    void recordsFramesHoweverTheyArrive();
    void givesFramesToTheirSession();
    void recordsDataAsSoonAsItsHeaderIsHere();
    void keepsWhatHpackMadeOfABlock();
    void timesAcknowledgedPings();
    void recordsWhatTheEndCutOff();
};

namespace {

struct Fixture
{
    explicit Fixture(Direction direction = Direction::In)
        : frames(recording.recorder, direction, 64 * 1024, pings,
                 [](StreamId stream) { return stream.value == 3 ? StreamOwner{SessionId(2)} : StreamOwner(); })
    {
    }
    void feed(ByteView bytes, std::size_t pieceSize = 100'000)
    {
        for (std::size_t at = 0; at < bytes.size(); at += pieceSize) {
            frames.feed(recording.transfer(bytes.substr(at, pieceSize)));
            drain();
        }
    }
    void drain()
    {
        for (Http2Fact fact; frames.next(fact);)
            data += fact.kind == Http2Fact::Kind::Data ? Bytes(fact.bytes) : Bytes();
    }
    /// Kinds and origins of the frames, which cuts must not change.
    std::string origins()
    {
        recording.writer.publish();
        std::string text;
        for (std::uint64_t seq = 1; seq <= recording.capture->counts().records; ++seq) {
            const Record &record = recording.capture->record(Seq(seq));
            if (layerOf(record.kind) == Layer::Frames)
                text += std::string(word(record.kind)) + " " + escaped(recording.capture->origin(Seq(seq))) + "\n";
        }
        return text;
    }

    Recording recording;
    PingLedger pings;
    Http2Frames frames;
    Bytes data;
};

Bytes conversation()
{
    return http2Frame("settings MAX_CONCURRENT_STREAMS=8") + http2Frame("headers 1 status=200") +
           http2Frame("data 1 abc") + http2Frame("data 3 end de") + http2Frame("raw 0x63 0 0 ?") +
           http2Frame("goaway 3 NO_ERROR");
}

} // namespace

void Http2FramesTest::recordsFramesHoweverTheyArrive_data()
{
    QTest::addColumn<int>("pieceSize");
    for (int size = 1; size < 24; ++size)
        QTest::addRow("%d bytes", size) << size;
}

void Http2FramesTest::recordsFramesHoweverTheyArrive()
{
    QFETCH(int, pieceSize);
    Fixture whole;
    whole.feed(conversation());
    Fixture cut;
    cut.feed(conversation(), static_cast<std::size_t>(pieceSize));
    QCOMPARE(cut.origins(), whole.origins());
    QCOMPARE(cut.data, whole.data);
    QVERIFY(whole.origins().starts_with("h2.settings \\x00\\x00\\x06\\x04"));
}

void Http2FramesTest::givesFramesToTheirSession()
{
    Fixture fixture;
    fixture.feed(conversation());
    const std::string text = fixture.recording.text();
    QVERIFY(text.find("h2.data/1 \"") != std::string::npos);
    QVERIFY(text.find("h2.data/3 of session 2 \"") != std::string::npos);
}

void Http2FramesTest::recordsDataAsSoonAsItsHeaderIsHere()
{
    Fixture fixture;
    const Bytes frame = http2Frame("data 1 abcdef");
    fixture.feed(http2Frame("settings") + frame.substr(0, 11));
    QCOMPARE(fixture.data, Bytes("ab"));
    const Seq record = fixture.frames.frame();
    fixture.feed(frame.substr(11));
    QCOMPARE(fixture.frames.frame(), record);
    QCOMPARE(fixture.data, Bytes("abcdef"));
    fixture.recording.writer.publish();
    QCOMPARE(fixture.recording.capture->origin(record), frame);
}

void Http2FramesTest::keepsWhatHpackMadeOfABlock()
{
    Fixture fixture;
    fixture.feed(http2Frame("settings") + http2Frame("headers 1 status=200 a=b"));
    fixture.recording.writer.publish();
    const auto facts = decodeFacts<FieldBlockFacts>(fixture.recording.capture->derived(fixture.frames.frame()));
    QCOMPARE(facts.fields.size(), 2u);
    QCOMPARE(facts.fields[1].field, (HeaderField{"a", "b"}));
    QCOMPARE(facts.fields[1].coding, static_cast<std::uint8_t>(HpackCoding::Literal));
    QCOMPARE(fixture.frames.fieldsOfBlock(), (HttpFields{{":status", "200"}, {"a", "b"}}));
    const Record record = fixture.frames.recordOfBlock(RecordKind::HttpResponse, fixture.recording.recorder);
    QCOMPARE(record.carrierFirst, 1u);
    QCOMPARE(record.carrierLast, 1u);
}

void Http2FramesTest::timesAcknowledgedPings()
{
    Fixture fixture;
    fixture.pings.note({7, Seq(40), fixture.recording.recorder.now()});
    fixture.recording.clock.monotonic += 2'500'000;
    fixture.recording.recorder.tick();
    fixture.feed(http2Frame("settings") + http2Frame("ping-ack 7"));
    fixture.recording.writer.publish();
    const Record &record = fixture.recording.capture->record(fixture.frames.frame());
    QCOMPARE(record.related, 40u);
    QCOMPARE(decodeFacts<PingFacts>(fixture.recording.capture->derived(fixture.frames.frame())).rttMs,
             std::optional<double>(2.5));
    fixture.feed(http2Frame("ping-ack 7")); // a second time it answers nothing
    fixture.recording.writer.publish();
    QCOMPARE(fixture.recording.capture->record(fixture.frames.frame()).related, 0u);
}

void Http2FramesTest::recordsWhatTheEndCutOff()
{
    Fixture fixture;
    fixture.feed(http2Frame("settings") + http2Frame("goaway 3 NO_ERROR").substr(0, 13));
    fixture.frames.finish();
    fixture.drain();
    const std::string text = fixture.recording.text();
    QVERIFY(text.find("h2.goaway") != std::string::npos);
    QVERIFY(text.find("http2.frame-cut") != std::string::npos);
}

PUSHSCOPE_TEST(Http2FramesTest)
#include "http2framestest.moc"
