#include "core/engine/wsstorey.h"

#include "core/wire/ws/wsframeencoder.h"
#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class WsStoreyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsHoweverTheBytesArrive_data();
    void recordsHoweverTheBytesArrive();
    void linksMessagesToTheirFrames();
    void growsAFrameThatIsCut();
    void recordsAHeaderThatTheEndCut();
    void handsOutWhatAnEndpointMustSee();
    void handsOutEveryMessageWithItsPayloadWhenKept();
    void settlesPings();
    void survivesALengthBeyondAllStreams();
};

namespace {

struct Fixture
{
    explicit Fixture(WsStorey::Options options = {}) : storey(recording.recorder, tunnel, controls, options) {}

    std::size_t feed(ByteView bytes, std::size_t pieceSize = 1000)
    {
        std::size_t steps = 0;
        for (std::size_t at = 0; at < bytes.size(); at += pieceSize) {
            const Plaintext piece = recording.transfer(bytes.substr(at, pieceSize));
            tunnel.append(piece.logOffset, piece.bytes.size(), piece.carrier);
            storey.feed(piece.bytes);
            steps += drain();
        }
        return steps;
    }
    std::size_t drain()
    {
        std::size_t steps = 0;
        for (WsStep step; storey.next(step); ++steps)
            last = step.message != nullptr ? step.message->payload : Bytes("?");
        return steps;
    }
    /// Kinds and bytes only: carriers and sequence depend on the pieces.
    std::string bytesOf(Layer layer)
    {
        recording.writer.publish();
        std::string text;
        for (std::uint64_t seq = 1; seq <= recording.capture->counts().records; ++seq) {
            const Record &record = recording.capture->record(Seq(seq));
            if (layerOf(record.kind) == layer)
                text += std::string(word(record.kind)) + " " + escaped(recording.capture->origin(Seq(seq))) +
                        (record.has(RecordFlag::Cut) ? " cut" : "") + "\n";
        }
        return text;
    }

    Recording recording;
    Trail tunnel;
    ControlLedger controls;
    WsStorey storey;
    Bytes last;
};

/// A server's unmasked frame; "+" leaves FIN off.
Bytes frame(WsOpcode opcode, ByteView payload, bool fin = true)
{
    WsFrameSpec spec;
    spec.fin = fin;
    spec.opcode = opcode;
    spec.payload = payload;
    return encodeWsFrame(spec);
}

} // namespace

void WsStoreyTest::recordsHoweverTheBytesArrive_data()
{
    QTest::addColumn<int>("pieceSize");
    for (const int size : {1, 2, 3, 4, 5, 7, 11, 1000})
        QTest::addRow("%d bytes", size) << size;
}

void WsStoreyTest::recordsHoweverTheBytesArrive()
{
    QFETCH(int, pieceSize);
    Fixture fixture;
    fixture.feed(frame(WsOpcode::Text, "Hello") + frame(WsOpcode::Text, "a", false) + frame(WsOpcode::Ping, "p") +
                     frame(WsOpcode::Continuation, "bc", false) + frame(WsOpcode::Continuation, "") +
                     frame(WsOpcode::Binary, "cut", false),
                 static_cast<std::size_t>(pieceSize));
    fixture.storey.finish();
    fixture.drain();
    QCOMPARE(fixture.bytesOf(Layer::Frames),
             std::string("ws.frame \\x81\\x05Hello\nws.frame \\x01\\x01a\nws.frame \\x89\\x01p\n"
                         "ws.frame \\x00\\x02bc\nws.frame \\x80\\x00\nws.frame \\x02\\x03cut\n"));
    QCOMPARE(fixture.bytesOf(Layer::Messages),
             std::string("ws.text \\x81\\x05Hello\nws.ping \\x89\\x01p\n"
                         "ws.text \\x01\\x01a\\x89\\x01p\\x00\\x02bc\\x80\\x00\nws.binary \\x02\\x03cut cut\n"));
}

void WsStoreyTest::linksMessagesToTheirFrames()
{
    Fixture fixture;
    fixture.feed(frame(WsOpcode::Text, "a", false) + frame(WsOpcode::Ping, "p"));
    fixture.feed(frame(WsOpcode::Continuation, "b") + frame(WsOpcode::Text, "c"));
    QCOMPARE(fixture.recording.text(), std::string("2 ws.frame \"\\x01\\x01a\" by 1\n"
                                                   "3 ws.frame \"\\x89\\x01p\" by 1\n"
                                                   "4 ws.ping \"\\x89\\x01p\" by 3\n"
                                                   "6 ws.frame \"\\x80\\x01b\" by 5\n"
                                                   "7 ws.text \"\\x01\\x01a\\x89\\x01p\\x80\\x01b\" by 2..6\n"
                                                   "8 ws.frame \"\\x81\\x01c\" by 5\n"
                                                   "9 ws.text \"\\x81\\x01c\" by 8\n"));
}

/// The frame's record stands as soon as its header is there, with its whole length.
void WsStoreyTest::growsAFrameThatIsCut()
{
    Fixture fixture;
    const Bytes bytes = frame(WsOpcode::Text, "Hello");
    fixture.feed(bytes.substr(0, 4));
    QCOMPARE(fixture.recording.writer.record(Seq(2)).originLength, 7u);
    QCOMPARE(fixture.bytesOf(Layer::Frames), std::string("ws.frame \\x81\\x05He\n"));
    QCOMPARE(fixture.storey.pendingBytes(), 4u);
    QVERIFY(fixture.storey.isInsideMessage());
    fixture.feed(bytes.substr(4));
    QCOMPARE(fixture.bytesOf(Layer::Frames), std::string("ws.frame \\x81\\x05Hello\n"));
    QVERIFY(!fixture.storey.isInsideMessage());
}

void WsStoreyTest::recordsAHeaderThatTheEndCut()
{
    Fixture fixture;
    fixture.feed(frame(WsOpcode::Text, "a") + "\x81");
    fixture.storey.finish();
    fixture.drain();
    QCOMPARE(fixture.bytesOf(Layer::Frames), std::string("ws.frame \\x81\\x01a\nws.frame \\x81 cut\n"));
    QCOMPARE(fixture.bytesOf(Layer::Messages), std::string("ws.text \\x81\\x01a\n"));
}

void WsStoreyTest::handsOutWhatAnEndpointMustSee()
{
    Fixture fixture;
    QCOMPARE(fixture.feed(frame(WsOpcode::Text, "a") + frame(WsOpcode::Binary, "b")), 0u);
    QCOMPARE(fixture.feed(frame(WsOpcode::Ping, "p")), 1u);
    QCOMPARE(fixture.last, Bytes("p"));
    QCOMPARE(fixture.feed("\xC1\x01x"), 1u); // a violation in a text message
    QCOMPARE(fixture.feed(frame(WsOpcode::Close, "")), 1u);
}

void WsStoreyTest::handsOutEveryMessageWithItsPayloadWhenKept()
{
    WsStorey::Options options;
    options.keepPayloads = true;
    Fixture fixture(options);
    QCOMPARE(fixture.feed(frame(WsOpcode::Text, "a", false) + frame(WsOpcode::Continuation, "b")), 1u);
    QCOMPARE(fixture.last, Bytes("ab"));
}

void WsStoreyTest::settlesPings()
{
    Fixture fixture;
    fixture.controls.notePing("first", Seq(100));
    fixture.controls.notePing("second", Seq(101));
    fixture.feed(frame(WsOpcode::Pong, "second") + frame(WsOpcode::Pong, "first"));
    QCOMPARE(fixture.recording.text(), std::string("2 ws.frame \"\\x8a\\x06second\" by 1\n"
                                                   "3 ws.pong \"\\x8a\\x06second\" by 2 rel 101\n"
                                                   "4 ws.frame \"\\x8a\\x05first\" by 1\n"
                                                   "5 ws.pong \"\\x8a\\x05first\" by 4\n"
                                                   "6 finding ws.pong-unasked of 5 at 0+0 0\n"));
}

void WsStoreyTest::survivesALengthBeyondAllStreams()
{
    Fixture fixture;
    fixture.feed(Bytes("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10) + "data");
    fixture.feed("more");
    fixture.storey.finish();
    fixture.drain();
    QCOMPARE(fixture.recording.writer.record(Seq(2)).originLength, 0xFFFFFFFFu);
    QCOMPARE(fixture.bytesOf(Layer::Frames),
             std::string("ws.frame \\x82\\x7f\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xffdatamore\n"));
}

PUSHSCOPE_TEST(WsStoreyTest)
#include "wsstoreytest.moc"
