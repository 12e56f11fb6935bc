#include "core/capture/details/wsdetails.h"

#include "core/wire/ws/wsframeencoder.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class WsDetailsTest : public QObject
{
    Q_OBJECT
    static Bytes masked(WsOpcode opcode, Bytes payload, bool fin = true)
    {
        WsFrameSpec spec;
        spec.opcode = opcode;
        spec.fin = fin;
        spec.maskingKey = {1, 2, 3, 4};
        spec.payload = std::move(payload);
        return encodeWsFrame(spec);
    }

private Q_SLOTS:
    void headersAreReadAgain()
    {
        CaptureBuilder builder;
        const Seq seq =
            builder.whole(RecordKind::WsFrame, masked(WsOpcode::Binary, Bytes(70'000, 'x')), Direction::Out);
        const WsFrameHeader header = wsHeaderOf(*builder.capture, seq);
        QCOMPARE(header.opcode, WsOpcode::Binary);
        QCOMPARE(header.payloadLength, 70'000u);
        QCOMPARE(header.headerLength, 14);
        QVERIFY(header.masked);
    }

    void aCutHeaderTellsWhatWasThere()
    {
        CaptureBuilder builder;
        const WsFrameHeader one = wsHeaderOf(*builder.capture, builder.whole(RecordKind::WsFrame, "\x81"));
        QCOMPARE(one.opcode, WsOpcode::Text);
        QCOMPARE(one.headerLength, 1);
        const WsFrameHeader nothing = wsHeaderOf(*builder.capture, builder.whole(RecordKind::WsFrame, ""));
        QCOMPARE(nothing.payloadLength, 0u);
    }

    void aFrameAcrossTwoReadsIsUnmaskedWhole()
    {
        CaptureBuilder builder;
        const Bytes frame = masked(WsOpcode::Text, "hello, wide world");
        builder.read(frame.substr(0, 9), Direction::Out);
        const Seq frameSeq = builder.add(RecordKind::WsFrame, {0, frame.size()}, Direction::Out);
        builder.writer.appendBytes("a stranger's bytes");
        WsMessageDetails details;
        readWsMessage(*builder.capture, frameSeq, ~0ull, details);
        QCOMPARE(details.payload, Bytes("hel")); // what is there of it
        builder.read(frame.substr(9), Direction::Out);
        builder.trail(Direction::Out).grow(frameSeq, {9, frame.size()}, builder.writer);
        const Seq message = builder.message(RecordKind::WsText, frameSeq, frameSeq, Direction::Out);
        readWsMessage(*builder.capture, message, ~0ull, details);
        QCOMPARE(details.payload, Bytes("hello, wide world"));
        QCOMPARE(details.wireBytes, frame.size());
        readWsMessage(*builder.capture, message, 5, details);
        QCOMPARE(details.payload, Bytes("hello"));
        QCOMPARE(details.payloadBytes, 17u);
    }

    void theLimitCutsAcrossFragments()
    {
        CaptureBuilder builder;
        const Seq first = builder.whole(RecordKind::WsFrame, masked(WsOpcode::Text, "abc", false), Direction::Out);
        const Seq last = builder.whole(RecordKind::WsFrame, masked(WsOpcode::Continuation, "defgh"), Direction::Out);
        const Seq message = builder.message(RecordKind::WsText, first, last, Direction::Out);
        WsMessageDetails details;
        readWsMessage(*builder.capture, message, 5, details);
        QCOMPARE(details.payload, Bytes("abcde"));
        QCOMPARE(details.payloadBytes, 8u);
        QCOMPARE(details.frames, 2u);
    }

    void closePayloads()
    {
        QCOMPARE(wsCloseOf("").code, 1005);
        QCOMPARE(wsCloseOf("\x03").code, 1005);
        QCOMPARE(wsCloseOf("\x03\xE8").code, 1000);
        QCOMPARE(wsCloseOf("\x0F\xA0why").code, 4000);
        QCOMPARE(wsCloseOf("\x0F\xA0why").reason, ByteView("why"));
    }

    void closesOfBothSidesAnswerEachOther()
    {
        CaptureBuilder builder;
        const auto close = [&](Direction direction, Seq related = Seq()) {
            Record record = builder.make(RecordKind::WsClose, direction);
            record.related = related.value;
            return builder.append(record);
        };
        const Seq ours = close(Direction::Out);
        close(Direction::Out);
        builder.connection = 2;
        close(Direction::In);
        QCOMPARE(closeAnswerOf(*builder.capture, ours), CloseAnswer::Awaited);
        for (int i = 0; i < 10'000; ++i) // other streams go on
            builder.append(builder.make(RecordKind::SseEvent, Direction::In));
        builder.facts(RecordKind::End, EndFacts());
        QCOMPARE(closeAnswerOf(*builder.capture, ours), CloseAnswer::Awaited);
        builder.connection = 1;
        const Seq theirs = close(Direction::In, ours);
        QCOMPARE(closeAnswerOf(*builder.capture, ours), CloseAnswer::Came);
        QCOMPARE(closeAnswerOf(*builder.capture, ours, theirs), CloseAnswer::Came);
        QCOMPARE(closeAnswerOf(*builder.capture, ours, Seq(theirs.value + 1)), CloseAnswer::Awaited);
        QCOMPARE(closeAnswerOf(*builder.capture, theirs), CloseAnswer::Came);
    }

    void overHttp2TheStreamsEndCounts()
    {
        CaptureBuilder builder;
        builder.stream = 5;
        const Seq ours = builder.append(builder.make(RecordKind::WsClose, Direction::Out));
        builder.stream = 3;
        builder.facts(RecordKind::End, EndFacts());
        QCOMPARE(closeAnswerOf(*builder.capture, ours), CloseAnswer::Awaited);
        builder.stream = 5;
        const Seq end = builder.facts(RecordKind::End, EndFacts());
        QCOMPARE(closeAnswerOf(*builder.capture, ours), CloseAnswer::Missing);
        builder.stream = 0;
        builder.facts(RecordKind::End, EndFacts());
        QCOMPARE(closeAnswerOf(*builder.capture, ours, Seq(end.value + 1)), CloseAnswer::Missing);
    }

    void withTheConnectionsEndNoAnswerComes()
    {
        CaptureBuilder builder;
        const Seq ours = builder.append(builder.make(RecordKind::WsClose, Direction::Out));
        builder.connection = 2;
        builder.facts(RecordKind::End, EndFacts());
        QCOMPARE(closeAnswerOf(*builder.capture, ours), CloseAnswer::Awaited);
        builder.connection = 1;
        builder.facts(RecordKind::End, EndFacts());
        builder.append(builder.make(RecordKind::WsClose, Direction::In)); // of whatever numbers its connection the same
        QCOMPARE(closeAnswerOf(*builder.capture, ours), CloseAnswer::Missing);
        Record damaged = builder.make(RecordKind::WsClose, Direction::In);
        damaged.related = 2;
        QCOMPARE(closeAnswerOf(*builder.capture, builder.append(damaged)), CloseAnswer::Missing);
    }
};

PUSHSCOPE_TEST(WsDetailsTest)
#include "wsdetailstest.moc"
