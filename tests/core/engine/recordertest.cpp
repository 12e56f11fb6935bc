#include "core/engine/recorder.h"

#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class RecorderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesOneTimeToAllOfOneRead();
    void givesSessionAndConnection();
    void keepsFacts();
    void placesFindingsInTheirRecord();
    void showsNothingBeforeItPublishes();
};

void RecorderTest::givesOneTimeToAllOfOneRead()
{
    Recording recording;
    recording.clock.monotonic += 1500;
    recording.recorder.tick();
    const Seq first = recording.recorder.append(recording.recorder.begin(RecordKind::TcpRead, Direction::In));
    recording.clock.monotonic += 500;
    const Seq second = recording.recorder.append(recording.recorder.begin(RecordKind::SseEvent, Direction::In));
    QCOMPARE(recording.recorder.now().nanoseconds, recording.clock.monotonic - 500);
    recording.recorder.tick();
    const Seq third = recording.recorder.append(recording.recorder.begin(RecordKind::TcpRead, Direction::In));
    QCOMPARE(recording.writer.record(first).time, 1500);
    QCOMPARE(recording.writer.record(second).time, 1500);
    QCOMPARE(recording.writer.record(third).time, 2000);
    recording.recorder.setPast(recording.recorder.now());
    recording.clock.monotonic += 700;
    recording.recorder.tick();
    const Seq kept = recording.recorder.append(recording.recorder.begin(RecordKind::StreamChunk, Direction::In));
    QCOMPARE(recording.writer.record(kept).time, 2000);
    recording.recorder.setPast({});
    QCOMPARE(recording.recorder.recordTime(), 2700);
}

void RecorderTest::givesSessionAndConnection()
{
    Recording recording;
    QCOMPARE(recording.recorder.begin(RecordKind::Session, Direction::None).connection, 0u);
    recording.recorder.setConnection(ConnectionId(7));
    const Record record = recording.recorder.begin(RecordKind::Tcp, Direction::None);
    QCOMPARE(record.session, 1u);
    QCOMPARE(record.connection, 7u);
    QCOMPARE(record.stream, 0u);
}

void RecorderTest::keepsFacts()
{
    Recording recording;
    ErrorFacts facts;
    facts.code = "tcp.refused";
    facts.text = "words";
    const Seq seq = recording.recorder.appendFacts(RecordKind::Error, facts);
    recording.writer.publish();
    QCOMPARE(decodeFacts<ErrorFacts>(recording.capture->derived(seq)).text, std::string("words"));
    QCOMPARE(recording.capture->record(seq).originLength, 0u);
}

void RecorderTest::placesFindingsInTheirRecord()
{
    Recording recording;
    const Seq of = recording.recorder.append(recording.recorder.begin(RecordKind::WsFrame, Direction::In));
    const std::array<Finding, 2> findings{Finding{Rule::WsReservedBits, 1000, 1, 4},
                                          Finding{Rule::WsInvalidUtf8, 990, 2, 0}};
    recording.recorder.findings(of, 995, findings);
    QCOMPARE(recording.text(), std::string("1 ws.frame \"\" carried by none\n2 finding ws.reserved-bits of 1 at 5+1 4\n"
                                           "3 finding ws.invalid-utf8 of 1 at 0+2 0\n"));
}

void RecorderTest::showsNothingBeforeItPublishes()
{
    Recording recording;
    recording.recorder.append(recording.recorder.begin(RecordKind::TcpRead, Direction::In));
    QCOMPARE(recording.capture->counts().records, 0u);
    recording.recorder.publish();
    QCOMPARE(recording.capture->counts().records, 1u);
}

PUSHSCOPE_TEST(RecorderTest)
#include "recordertest.moc"
