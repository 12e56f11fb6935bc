#include "core/engine/ssestorey.h"

#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class SseStoreyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsHoweverTheBytesArrive_data();
    void recordsHoweverTheBytesArrive();
    void relatesEventsToWhatSetTheirId();
    void remembersIdAndRetry();
    void stopsAtTheEventLimit();
    void keepsTheBeginningOfWhatIsTooLarge();
};

namespace {

/// Feeds pieces, each a read of its own.
void feed(Recording &recording, SseStorey &storey, Trail &body, ByteView bytes, std::size_t pieceSize)
{
    for (std::size_t at = 0; at < bytes.size(); at += pieceSize) {
        const Plaintext piece = recording.transfer(bytes.substr(at, pieceSize));
        body.append(piece.logOffset, piece.bytes.size(), piece.carrier);
        storey.feed(piece.bytes);
        storey.settle();
    }
}

/// Kinds and bytes only: carriers and sequence depend on the pieces.
std::string messages(Recording &recording)
{
    std::string text;
    recording.writer.publish();
    for (std::uint64_t seq = 1; seq <= recording.capture->counts().records; ++seq) {
        const Record &record = recording.capture->record(Seq(seq));
        if (layerOf(record.kind) == Layer::Messages)
            text += std::string(word(record.kind)) + " " + escaped(recording.capture->origin(Seq(seq))) +
                    (record.has(RecordFlag::IdSet) ? " id" : "") +
                    (record.has(RecordFlag::StreamStart) ? " start" : "") + "\n";
    }
    return text;
}

} // namespace

void SseStoreyTest::recordsHoweverTheBytesArrive_data()
{
    QTest::addColumn<int>("pieceSize");
    for (const int size : {1, 2, 3, 5, 7, 11, 13, 1000})
        QTest::addRow("%d bytes", size) << size;
}

void SseStoreyTest::recordsHoweverTheBytesArrive()
{
    QFETCH(int, pieceSize);
    Recording recording;
    EventSourceState state;
    Trail body;
    SseStorey storey(recording.recorder, state, body, Limits().messageBytes);
    feed(recording, storey, body, "data: a\n\n:hi\nid: 1\ndata: b\n\nid: 2\n\nretry: 5\nbogus\n\ndata: cu",
         static_cast<std::size_t>(pieceSize));
    QCOMPARE(storey.pendingBytes(), 8u);
    storey.finish();
    QCOMPARE(messages(recording), std::string("sse.event data: a\\n\\n start\n"
                                              "sse.comment :hi\\n\n"
                                              "sse.event :hi\\nid: 1\\ndata: b\\n\\n id\n"
                                              "sse.block id: 2\\n\\n id\n"
                                              "sse.retry retry: 5\\n\n"
                                              "sse.unknown bogus\\n\n"
                                              "sse.incomplete data: cu\n"));
    QCOMPARE(state.count.seen, 2u);
}

void SseStoreyTest::keepsTheBeginningOfWhatIsTooLarge()
{
    Recording recording;
    EventSourceState state;
    Trail body;
    SseStorey storey(recording.recorder, state, body, 16);
    feed(recording, storey, body, "id: 1\ndata: 1234567", 3);
    QCOMPARE(storey.pendingBytes(), 0u);
    feed(recording, storey, body, "890\ndata: ab", 1);
    QCOMPARE(storey.pendingBytes(), 0u);
    feed(recording, storey, body, "\n\nid: 2\ndata: x\n\n", 5);
    QCOMPARE(messages(recording), std::string("sse.event id: 1\\ndata: 1234 id start\n"
                                              "sse.event id: 2\\ndata: x\\n\\n id\n"));
    QCOMPARE(state.count.seen, 2u);
    QCOMPARE(state.lastEventId, Bytes("2"));
    QCOMPARE(recording.capture->counts().findings, 1u);
    const FindingEntry &finding = recording.capture->finding(0);
    QVERIFY(recording.capture->record(Seq(finding.of)).has(RecordFlag::Cut));
    QCOMPARE(finding.rule, static_cast<std::uint16_t>(Rule::SseEventTooLarge));
    QCOMPARE(finding.offset, 16u);
    QCOMPARE(finding.argument, 16);
}

void SseStoreyTest::relatesEventsToWhatSetTheirId()
{
    Recording recording;
    EventSourceState state;
    state.lastEventId = "0";
    state.idSetBy = Seq(77);
    Trail body;
    SseStorey storey(recording.recorder, state, body, Limits().messageBytes);
    feed(recording, storey, body, "data: a\n\nid: 1\ndata: b\n\ndata: c\n\nid\n\ndata: d\n\n", 1000);
    QCOMPARE(recording.text(), std::string("2 sse.event \"data: a\\n\\n\" by 1 rel 77\n"
                                           "3 sse.event \"id: 1\\ndata: b\\n\\n\" by 1 rel 3\n"
                                           "4 sse.event \"data: c\\n\\n\" by 1 rel 3\n"
                                           "5 sse.block \"id\\n\\n\" by 1 rel 5\n"
                                           "6 sse.event \"data: d\\n\\n\" by 1 rel 5\n"));
}

void SseStoreyTest::remembersIdAndRetry()
{
    Recording recording;
    EventSourceState state;
    state.lastEventId = "old";
    Trail body;
    SseStorey storey(recording.recorder, state, body, Limits().messageBytes);
    feed(recording, storey, body, "data: a\n\n", 1000);
    QCOMPARE(state.lastEventId, std::string("old"));
    QVERIFY(!state.retry);
    state.lastEventId = "the user's"; // who changes it while a stream is open is not overruled by events without an id
    feed(recording, storey, body, "retry: 99999999999999\n\n", 1000);
    QCOMPARE(state.lastEventId, std::string("the user's"));
    QCOMPARE(state.retry, std::optional(Milliseconds(2147483647)));
    feed(recording, storey, body, "id: new\n\n", 1000);
    QCOMPARE(state.lastEventId, std::string("new"));
}

void SseStoreyTest::stopsAtTheEventLimit()
{
    Recording recording;
    EventSourceState state;
    state.count.limit = 2;
    Trail body;
    SseStorey storey(recording.recorder, state, body, Limits().messageBytes);
    feed(recording, storey, body, "id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: c\n\n", 1000);
    feed(recording, storey, body, "id: 4\ndata: d\n\n", 1000);
    storey.finish();
    QVERIFY(state.count.isLimitReached());
    QCOMPARE(state.lastEventId, std::string("2"));
    QCOMPARE(messages(recording),
             std::string("sse.event id: 1\\ndata: a\\n\\n id start\nsse.event id: 2\\ndata: b\\n\\n id\n"));
}

PUSHSCOPE_TEST(SseStoreyTest)
#include "ssestoreytest.moc"
