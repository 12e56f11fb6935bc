#include "ui/models/sessionlistmodel.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/livecapture.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

class SessionListModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsStatesInWords()
    {
        test::LiveCapture live;
        live.addSession(2, "orders", "websocket");
        live.addSession(3, "builds", "sse");
        live.write([](test::CaptureBuilder &b) {
            b.session = 3;
            b.time = 2'000'000'000;
            b.facts(RecordKind::State,
                    StateFacts{.state = SessionState::Waiting, .attempt = 3, .cause = Cause::Cut, .delayMs = 3000});
            b.session = 2;
            b.facts(RecordKind::Error, ErrorFacts{"tls.verify", "the certificate is not trusted"});
            b.facts(RecordKind::State, StateFacts{.state = SessionState::Failed, .attempt = 1, .cause = Cause::Tls});
        });
        const ConnectionIndex connections(live.builder.capture);
        SessionListModel model{Statistics(live.builder.capture), connections};
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.advance(10ms);
        model.refresh(3'000'000'000);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("events"));
        QCOMPARE(model.index(0).data(SessionListModel::LineRole).toString(), QStringLiteral("SSE \u00B7 0.0/s"));
        QCOMPARE(model.index(1).data(SessionListModel::LineRole).toString(),
                 QStringLiteral("failed \u00B7 tls.verify"));
        QCOMPARE(model.index(2).data(SessionListModel::LineRole).toString(),
                 QStringLiteral("waiting 2.0 s \u00B7 attempt 4"));
        QCOMPARE(model.index(2).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("builds, waiting 2.0 s \u00B7 attempt 4"));
    }

    void aPauseIsShownUntilTheStreamEnds()
    {
        test::LiveCapture live;
        const ConnectionIndex connections(live.builder.capture);
        SessionListModel model{Statistics(live.builder.capture), connections};
        model.advance(10ms);
        model.setPaused(SessionId(1), true);
        const auto line = [&model] { return model.index(0).data(SessionListModel::LineRole).toString(); };
        const auto enter = [&](SessionState state) {
            live.write([state](test::CaptureBuilder &b) { b.facts(RecordKind::State, StateFacts{.state = state}); });
            model.advance(10ms);
        };
        QCOMPARE(line(), QStringLiteral("SSE \u00B7 reading paused"));
        QVERIFY(model.index(0).data(SessionListModel::IsPausedRole).toBool());
        enter(SessionState::Waiting);
        enter(SessionState::Open);
        QCOMPARE(line(), QStringLiteral("SSE \u00B7 reading paused"));
        enter(SessionState::Closed);
        enter(SessionState::Open);
        QCOMPARE(line(), QStringLiteral("SSE \u00B7 0.0/s"));
    }

    void theWholeUrlIsInTheToolTip()
    {
        test::LiveCapture live;
        const ConnectionIndex connections(live.builder.capture);
        SessionListModel model{Statistics(live.builder.capture), connections};
        model.advance(10ms);
        QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("http://127.0.0.1/events")));
    }

    void hidesAndShowsAgainInItsPlace()
    {
        test::LiveCapture live;
        live.addSession(2, "orders", "websocket");
        live.addSession(3, "builds", "sse");
        const ConnectionIndex connections(live.builder.capture);
        SessionListModel model{Statistics(live.builder.capture), connections};
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.advance(10ms);
        model.setHidden(SessionId(2), true);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowOf(SessionId(2)), -1);
        model.setHidden(SessionId(2), false);
        QCOMPARE(model.rowOf(SessionId(2)), 1);
    }
};

PUSHSCOPE_TEST(SessionListModelTest)
#include "sessionlistmodeltest.moc"
