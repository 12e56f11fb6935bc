#include "ui/panes/reconnectspane.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"
#include "tests/ui/support/namedchild.h"
#include "ui/models/ledgermodel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

/// Over a ledger that the test writes.
class ReconnectsPaneTest : public QObject
{
    Q_OBJECT

    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return test::namedChild<Widget>(*m_pane, name);
    }
    [[nodiscard]] QTableView *table() const { return child<QTableView>("ledger"); }
    /// An attempt with one event, and its end. Returns where it began.
    Seq attempt(std::uint32_t number)
    {
        test::CaptureBuilder &b = *m_builder;
        b.time += 1'000'000'000;
        const std::string id = std::to_string(number);
        const Seq began = b.facts(RecordKind::State, StateFacts{.state = SessionState::Connecting, .attempt = number});
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = number});
        b.whole(RecordKind::SseEvent, "id: " + id + "\ndata\n\n", Direction::In, RecordFlag::IdSet);
        b.facts(RecordKind::End, EndFacts{.verdict = Verdict::ByUs, .by = "us", .text = "dropped by us after 1 event"});
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting,
                                              .attempt = number,
                                              .cause = Cause::Drop,
                                              .delayMs = 900,
                                              .delaySource = DelaySource::Retry,
                                              .idSeen = id});
        return began;
    }
    void show(QSize size)
    {
        m_pane->resize(size);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
        m_pane->advance(1s);
        m_pane->refresh(m_builder->time, ReconnectControls::Stream(), true);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }

private Q_SLOTS:
    void init()
    {
        m_builder = std::make_unique<test::CaptureBuilder>();
        m_pane = std::make_unique<ReconnectsPane>(m_builder->capture);
        m_pane->showSession(SessionId(1));
        m_began.clear();
        for (std::uint32_t number = 1; number <= 20; ++number)
            m_began.push_back(attempt(number));
    }

    /// As in a window of 1440 by 900: nothing but the rows scrolls, and they only up and down.
    void allOfItFits()
    {
        show({1180, 215});
        QCOMPARE(table()->model()->rowCount(), 20);
        QCOMPARE(m_pane->findChild<QScrollArea *>()->verticalScrollBar()->maximum(), 0);
        QCOMPARE(table()->horizontalScrollBar()->maximum(), 0);
        QVERIFY(table()->verticalScrollBar()->maximum() > 0);
        const int last = LedgerModel::FirstEvent;
        QVERIFY(table()->columnViewportPosition(last) + table()->columnWidth(last) <= table()->viewport()->width());
        // A wider one gives its room to the sentences.
        const int ended = table()->columnWidth(LedgerModel::Ended);
        const int events = table()->columnWidth(LedgerModel::Events);
        show({1600, 215});
        QVERIFY(table()->columnWidth(LedgerModel::Ended) > ended + 50);
        QCOMPARE(table()->columnWidth(LedgerModel::Events), events);
    }

    void aLowPaneScrollsAsAWhole()
    {
        show({750, 110});
        QVERIFY(m_pane->findChild<QScrollArea *>()->verticalScrollBar()->maximum() > 0);
        QVERIFY(table()->horizontalScrollBar()->isVisible());
        QVERIFY(table()->viewport()->height() >= 2 * table()->rowHeight(0));
        QVERIFY(child<QSpinBox>("dropAfter")->height() >= child<QSpinBox>("dropAfter")->minimumSizeHint().height());
    }

    void theNewestStaysInSight()
    {
        show({1180, 215});
        QCOMPARE(table()->verticalScrollBar()->value(), table()->verticalScrollBar()->maximum());
        table()->verticalScrollBar()->setValue(3);
        attempt(21);
        m_pane->advance(1s);
        QCOMPARE(table()->model()->rowCount(), 21);
        QCOMPARE(table()->verticalScrollBar()->value(), 3); // for whoever scrolled away from it
    }

    void keysPickAnAttempt()
    {
        show({1180, 215});
        QSignalSpy picked(m_pane.get(), &ReconnectsPane::recordPicked);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(table(), Qt::Key_Down);
        QVERIFY(picked.isEmpty());
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].value<Seq>(), m_began[1]);
        QVERIFY(child<QLabel>("attemptSaid")->text().contains(QStringLiteral("dropped by us after 1 event")));
        QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("#: 2\t")));
    }

    void aRecordMarksItsAttempt()
    {
        m_pane->showRecord(Seq(m_began[4].value + 2)); // before the ledger has reached it
        show({1180, 215});
        QCOMPARE(table()->currentIndex().row(), 4);
        m_pane->showRecord(m_began[0]);
        QCOMPARE(table()->currentIndex().row(), 0);
    }

    void theWaitIsCountedDown()
    {
        show({1180, 215});
        const auto *now = child<QLabel>("reconnectsNow");
        QVERIFY2(now->text().startsWith(QStringLiteral("waiting: 0.9 s left of 900 ms")), qPrintable(now->text()));
        m_pane->refresh(m_builder->time + 600'000'000, ReconnectControls::Stream(), true);
        QVERIFY2(now->text().startsWith(QStringLiteral("waiting: 0.3 s left of 900 ms")), qPrintable(now->text()));
        QVERIFY(now->text().contains(QStringLiteral("20 attempts")));
    }

    void aStreamWithoutIdsHasNoColumnsOfThem()
    {
        show({1180, 215});
        QVERIFY(!table()->isColumnHidden(LedgerModel::Sent));
        m_pane->refresh(m_builder->time, ReconnectControls::Stream(), false);
        QVERIFY(table()->isColumnHidden(LedgerModel::Sent) && table()->isColumnHidden(LedgerModel::Resume));
        QCOMPARE(table()->horizontalScrollBar()->maximum(), 0);
    }

private:
    std::unique_ptr<test::CaptureBuilder> m_builder;
    std::unique_ptr<ReconnectsPane> m_pane;
    std::vector<Seq> m_began;
};

PUSHSCOPE_TEST(ReconnectsPaneTest)
#include "reconnectspanetest.moc"
