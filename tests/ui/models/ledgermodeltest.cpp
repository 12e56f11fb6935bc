#include "ui/models/ledgermodel.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/livecapture.h"
#include "tests/ui/support/printmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

class LedgerModelTest : public QObject
{
    Q_OBJECT

    static void come(test::CaptureBuilder &b, std::uint32_t attempt)
    {
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Connecting, .attempt = attempt});
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = attempt});
    }
    static void go(test::CaptureBuilder &b, std::uint32_t attempt)
    {
        b.facts(RecordKind::End, EndFacts{.verdict = Verdict::Clean, .by = "peer", .text = "ended cleanly"});
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting,
                                              .attempt = attempt,
                                              .cause = Cause::Clean,
                                              .delayMs = 3000,
                                              .delaySource = DelaySource::Default});
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void attemptsAreRows()
    {
        test::CaptureBuilder builder;
        LedgerModel model(builder.capture);
        const QAbstractItemModelTester tester(&model);
        model.setSession(SessionId(1), true);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        come(builder, 1);
        model.advance(1s);
        builder.time = 2'000'000'000;
        builder.whole(RecordKind::SseEvent, "id: 4\ndata\n\n", Direction::In, RecordFlag::IdSet);
        go(builder, 1);
        builder.time = 5'000'000'000;
        come(builder, 2);
        model.advance(1s);
        QCOMPARE(inserted.size(), 2);
        const QString clock = model.index(0, LedgerModel::Began).data().toString();
        QCOMPARE(
            test::printModel(model).first(),
            QStringLiteral("1 | ") + clock +
                QStringLiteral(" | 0.00 ms | 2.0 s | 1 | \u25CB clean end: ended cleanly | 3.0 s \u00B7 default | none "
                               "\u00B7 none was seen | 4 | \u2014 | 2.0 s"));
        QVERIFY(model.rowText(1).contains(QStringLiteral("ended: \u25CF open")));
        QCOMPARE(model.index(1, LedgerModel::Ended).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("ended: \u25CF open"));
    }

    void whatGoesOnIsTimedUntilNow()
    {
        test::CaptureBuilder builder;
        LedgerModel model(builder.capture);
        model.setSession(SessionId(1), true);
        builder.facts(RecordKind::State, StateFacts{.state = SessionState::Connecting, .attempt = 1});
        model.advance(1s);
        const auto cell = [&model](int column) { return model.index(0, column).data().toString(); };
        QCOMPARE(cell(LedgerModel::Connecting), QStringLiteral("\u2014"));
        model.refresh(1'500'000'000);
        QCOMPARE(cell(LedgerModel::Connecting), QStringLiteral("1.5 s"));
        builder.time = 2'000'000'000;
        builder.facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = 1});
        model.advance(1s);
        model.refresh(1'900'000'000); // the window's clock may have been read before
        QCOMPARE(cell(LedgerModel::Open), QStringLiteral("0.00 ms"));
        model.refresh(65'000'000'000);
        QCOMPARE(cell(LedgerModel::Connecting), QStringLiteral("2.0 s"));
        QCOMPARE(cell(LedgerModel::Open), QStringLiteral("1 min 3 s"));
        builder.time = 70'000'000'000;
        go(builder, 1);
        model.advance(1s);
        model.refresh(99'000'000'000);
        QCOMPARE(cell(LedgerModel::Open), QStringLiteral("1 min 8 s"));
    }

    void aRecordBelongsToAnAttempt()
    {
        test::CaptureBuilder builder;
        const Seq before = builder.whole(RecordKind::SseEvent, "data\n\n");
        LedgerModel model(builder.capture);
        model.setSession(SessionId(1), true);
        QCOMPARE(model.rowOf(before), -1);
        come(builder, 1);
        const Seq first = builder.whole(RecordKind::SseEvent, "data\n\n");
        go(builder, 1);
        come(builder, 2);
        const Seq second = builder.whole(RecordKind::SseEvent, "data\n\n");
        model.advance(1s);
        QCOMPARE(model.rowOf(before), -1);
        QCOMPARE(model.rowOf(first), 0);
        QCOMPARE(model.rowOf(second), 1);
    }

    void aWebSocketHasNoIds()
    {
        test::CaptureBuilder builder;
        LedgerModel model(builder.capture);
        model.setSession(SessionId(1), false);
        come(builder, 1);
        model.advance(1s);
        QVERIFY(!model.isShown(LedgerModel::Sent) && !model.isShown(LedgerModel::Resume));
        QVERIFY(model.isShown(LedgerModel::Ended));
        QVERIFY(!model.rowText(0).contains(QStringLiteral("id sent")));
    }

    void anotherSessionIsReadFromItsBeginning()
    {
        test::CaptureBuilder builder;
        come(builder, 1);
        go(builder, 1);
        builder.session = 2;
        come(builder, 1);
        go(builder, 1);
        come(builder, 2);
        LedgerModel model(builder.capture);
        const QAbstractItemModelTester tester(&model);
        model.setSession(SessionId(1), true);
        model.advance(1s);
        QCOMPARE(model.rowCount(), 1);
        model.setSession(SessionId(2), true);
        model.advance(1s);
        QCOMPARE(model.rowCount(), 2);
    }

    /// Work for a person's patience is done in slices.
    void slicesAreKept()
    {
        test::CaptureBuilder builder;
        come(builder, 1);
        for (int i = 0; i < 30'000; ++i)
            builder.writer.append(builder.make(RecordKind::SseComment, Direction::In));
        builder.writer.publish();
        go(builder, 1);
        LedgerModel model(builder.capture);
        model.setSession(SessionId(1), true);
        model.advance(0us);
        QVERIFY(model.ledger().position() < 30'000);
        while (model.ledger().position() < builder.capture->counts().records)
            model.advance(0us);
        QCOMPARE(model.entryAt(0).cause, Cause::Clean);
    }
};

PUSHSCOPE_TEST(LedgerModelTest)
#include "ledgermodeltest.moc"
