#include "ui/models/recordtablemodel.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"
#include "tests/ui/support/http2talk.h"
#include "tests/ui/support/printmodel.h"
#include "ui/models/connectionindex.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

class RecordTableModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void showsRecordsAsText()
    {
        test::CaptureBuilder builder;
        builder.facts(RecordKind::Session, SessionFacts{"events", "http://h/events", "sse"});
        builder.facts(RecordKind::State,
                      StateFacts{.state = SessionState::Connecting, .attempt = 1, .cause = Cause::Start});
        builder.time = 1'000'000'000;
        builder.whole(RecordKind::SseEvent, "event: tick\nid: 7\ndata: {\"n\":1}\n\n", Direction::In,
                      RecordFlag::IdSet);
        builder.time = 1'000'250'000;
        builder.whole(RecordKind::SseComment, ": a\tb\n");
        builder.time = 4'000'000'000;
        builder.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting,
                                                    .attempt = 1,
                                                    .cause = Cause::Clean,
                                                    .delayMs = 3000,
                                                    .delaySource = DelaySource::Retry,
                                                    .idSeen = "7"});
        Statistics statistics(builder.capture);
        statistics.advance();
        const ConnectionIndex connections(builder.capture);
        RecordTableModel model(builder.capture, statistics, connections);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Filter filter;
        filter.layers = std::bitset<8>((1u << unsigned(Layer::Messages)) | (1u << unsigned(Layer::Connection)));
        model.setFilter(filter);
        model.advance(builder.capture->counts(), 5ms);
        const QStringList lines = test::printModel(model);
        QCOMPARE(lines.size(), 5);
        QCOMPARE(lines[0],
                 QStringLiteral(
                     "1 | 03:04:05.000 |  | events | \u00B7 | session |  |  | \u2013 | http://h/events \u00B7 SSE"));
        QCOMPARE(
            lines[1],
            QStringLiteral("2 | 03:04:05.000 | +0.000000 | events | \u00B7 | connecting |  |  | \u2013 | Attempt 1"));
        QCOMPARE(lines[2],
                 QStringLiteral("4 | 03:04:06.000 | +1.000000 | events | \u2193 | event | tick | 7 | 7 B | {\"n\":1}"));
        QVERIFY2(lines[3].startsWith(QStringLiteral("6 | 03:04:06.000 | +0.000250 | events | \u2193 | comment")),
                 qPrintable(lines[3]));
        QVERIFY2(lines[3].contains(QStringLiteral("a\u27E809\u27E9b")), qPrintable(lines[3]));
        QVERIFY2(lines[4].endsWith(QStringLiteral("Reconnecting in 3.0 s (retry: server) with Last-Event-ID 7")),
                 qPrintable(lines[4]));
    }

    void tellsStreamsOfAConnectionApart()
    {
        test::Http2Talk talk;
        talk.addSession(1, "events");
        talk.addSession(2, "orders");
        talk.openConnection();
        talk.openStream(2, 5, "/orders");
        const Seq event = talk.event(2, 5, "x");
        Statistics statistics(talk.capture);
        statistics.advance();
        ConnectionIndex connections(talk.capture);
        connections.advance(talk.capture->counts().records, 10ms);
        RecordTableModel model(talk.capture, statistics, connections);
        model.advance(talk.capture->counts(), 5ms);
        const auto cell = [&](Seq seq, int column) { return model.index(model.rowOf(seq), column).data().toString(); };
        QCOMPARE(cell(event, RecordTableModel::Stream), QStringLiteral("orders #5"));
        QCOMPARE(cell(Seq(event.value - 1), RecordTableModel::Stream), QStringLiteral("orders #5"));
        QCOMPARE(cell(Seq(event.value - 1), RecordTableModel::Kind), QStringLiteral("h2.data"));
        QCOMPARE(cell(talk.settings, RecordTableModel::Stream), QStringLiteral("connection 3"));
        QVERIFY2(cell(talk.settings, RecordTableModel::Preview).contains(QStringLiteral("INITIAL_WINDOW_SIZE=1048576")),
                 qPrintable(cell(talk.settings, RecordTableModel::Preview)));
    }

    void announcesOneRangeForEachAdvance()
    {
        test::CaptureBuilder builder;
        const ConnectionIndex connections(builder.capture);
        RecordTableModel model(builder.capture, Statistics(builder.capture), connections);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        for (int i = 0; i < 1000; ++i)
            builder.whole(RecordKind::SseEvent, "data: x\n\n");
        model.advance(builder.capture->counts(), 50ms);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(model.rowCount(), 2000);
        model.advance(builder.capture->counts(), 50ms);
        QCOMPARE(inserted.size(), 1);
    }

    void deltasCountFromTheSelectedRow()
    {
        test::CaptureBuilder builder;
        for (int i = 0; i < 3; ++i) {
            builder.time = i * 1'000'000'000ll;
            builder.whole(RecordKind::SseEvent, "data: x\n\n");
        }
        const ConnectionIndex connections(builder.capture);
        RecordTableModel model(builder.capture, Statistics(builder.capture), connections);
        model.advance(builder.capture->counts(), 5ms);
        model.setDelta(DeltaMode::Selected, Seq(4));
        QCOMPARE(model.index(0, RecordTableModel::Delta).data().toString(), QStringLiteral("\u22121.000000"));
        QCOMPARE(model.index(5, RecordTableModel::Delta).data().toString(), QStringLiteral("+1.000000"));
        model.setTimeMode(TimeMode::SinceStart);
        QCOMPARE(model.index(5, RecordTableModel::Time).data().toString(), QStringLiteral("2.000000"));
    }

    void knowsTheRowOfARecord()
    {
        test::CaptureBuilder builder;
        for (int i = 0; i < 10; ++i)
            builder.whole(RecordKind::SseEvent, "data: x\n\n");
        const ConnectionIndex connections(builder.capture);
        RecordTableModel model(builder.capture, Statistics(builder.capture), connections);
        Filter filter;
        filter.layers = std::bitset<8>(1u << unsigned(Layer::Messages));
        model.setFilter(filter);
        model.advance(builder.capture->counts(), 5ms);
        QCOMPARE(model.rowCount(), 10);
        QCOMPARE(model.rowOf(Seq(4)), 1);
        QCOMPARE(model.rowOf(Seq(3)), -1);
        QCOMPARE(model.nearestRow(Seq(3)), 1);
    }
};

PUSHSCOPE_TEST(RecordTableModelTest)
#include "recordtablemodeltest.moc"
