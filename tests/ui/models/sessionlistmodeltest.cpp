#include "ui/models/sessionlistmodel.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/http2talk.h"
#include "tests/ui/support/livecapture.h"
#include "ui/models/connectionindex.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

class SessionListModelTest : public QObject
{
    Q_OBJECT

    static QStringList printRows(const SessionListModel &model)
    {
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row);
            lines += (index.data(SessionListModel::IsGroupedRole).toBool() ? QStringLiteral("  ") : QString()) +
                     index.data().toString() + QStringLiteral(": ") + index.data(SessionListModel::LineRole).toString();
        }
        return lines;
    }

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

    void streamsOfOneConnectionStandBelowIt()
    {
        test::Http2Talk talk;
        talk.addSession(1, "events");
        talk.addSession(2, "builds");
        talk.addSession(3, "orders", "websocket");
        talk.openConnection();
        talk.openStream(1, 1, "/events");
        ConnectionIndex connections(talk.capture);
        SessionListModel model{Statistics(talk.capture), connections};
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto advance = [&] {
            connections.advance(talk.capture->counts().records, 10ms);
            model.advance(10ms);
        };
        advance();
        // On a connection of its own a stream stands as always.
        QCOMPARE(printRows(model),
                 (QStringList{QStringLiteral("events: SSE \u00B7 h2 \u00B7 #1 \u00B7 0.0/s"),
                              QStringLiteral("builds: connecting"), QStringLiteral("orders: connecting")}));
        const QPersistentModelIndex builds = model.index(1);
        talk.openStream(3, 5, "/orders");
        advance();
        QCOMPARE(printRows(model),
                 (QStringList{QStringLiteral("connection 3 \u00B7 HTTP/2: localhost:8443 \u00B7 2 streams \u00B7 open"),
                              QStringLiteral("  events: SSE \u00B7 h2 \u00B7 #1 \u00B7 0.0/s"),
                              QStringLiteral("  orders: WebSocket \u00B7 h2 \u00B7 #5 \u00B7 0.0/s"),
                              QStringLiteral("builds: connecting")}));
        QCOMPARE(builds.row(), 3);
        QCOMPARE(model.sessionCount(), std::size_t(3));
        QCOMPARE(model.rowOfConnection(3), 0);
        QCOMPARE(model.idAt(0), SessionId());
        QCOMPARE(model.connectionAt(0), 3u);
        QCOMPARE(model.connectionAt(1), 0u);
        QCOMPARE(model.sessionsOn(3), (std::vector<SessionId>{SessionId(1), SessionId(3)}));
        QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("connection 3 \u00B7 HTTP/2, localhost:8443 \u00B7 2 streams \u00B7 open"));
        talk.as(1, 0);
        talk.frame({.type = Http2FrameType::Goaway}, Bytes(8, '\0'));
        advance();
        QVERIFY(printRows(model).front().endsWith(QStringLiteral("going away")));
        model.setHidden(SessionId(1), true);
        QCOMPARE(printRows(model), (QStringList{QStringLiteral("builds: connecting"),
                                                QStringLiteral("orders: WebSocket \u00B7 h2 \u00B7 #5 \u00B7 0.0/s")}));
    }

    void thousandsOfStreamsAreArrangedAtOnce()
    {
        constexpr std::uint32_t Count = 3000;
        test::Http2Talk talk;
        for (std::uint32_t id = 1; id <= Count; ++id)
            talk.addSession(id, "s" + std::to_string(id));
        talk.openConnection();
        for (std::uint32_t id = 1; id <= Count; ++id)
            talk.openStream(id, 2 * id - 1, "/s");
        ConnectionIndex connections(talk.capture);
        SessionListModel model{Statistics(talk.capture), connections};
        QElapsedTimer timer;
        timer.start();
        connections.advance(talk.capture->counts().records, 10s);
        model.advance(10s);
        QCOMPARE(model.rowCount(), int(Count) + 1);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
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
