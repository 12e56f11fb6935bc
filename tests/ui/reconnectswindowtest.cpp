#include "tests/support/testmain.h"
#include "tests/ui/support/livewindowtest.h"
#include "ui/models/ledgermodel.h"
#include "ui/models/recordtablemodel.h"
#include "ui/panes/streamspanel.h"
#include "ui/workpage.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace pushscope;

/// The ledger and its controls.
class ReconnectsWindowTest : public test::LiveWindowTest
{
    Q_OBJECT

    [[nodiscard]] LedgerModel *ledger() const
    {
        return static_cast<LedgerModel *>(child<QTableView>("ledger")->model());
    }
    [[nodiscard]] QString cell(int row, int column) const { return ledger()->index(row, column).data().toString(); }
    [[nodiscard]] QString now() const { return child<QLabel>("reconnectsNow")->text(); }
    [[nodiscard]] int lastRow() const { return ledger()->rowCount() - 1; }
    void openFeed(const std::string &query)
    {
        window->startDemo(false);
        auto target = window->workspace().demoTarget("/events?" + query, "ledgered");
        QVERIFY(target);
        window->openTarget(*target);
        m_session = SessionId();
        auto *tabs = child<QTabWidget>("detailTabs");
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (tabs->tabText(tab) == QStringLiteral("Reconnects"))
                tabs->setCurrentIndex(tab);
        }
        const auto find = [this] {
            for (const SessionSummary &session : window->workspace().statistics().sessions()) {
                if (session.name == "ledgered")
                    m_session = session.id;
            }
            return m_session.isValid();
        };
        QTRY_VERIFY(find());
        child<StreamsPanel>("streamsPanel")->setCurrent(m_session);
        QTRY_COMPARE(ledger()->session(), m_session);
        QTRY_VERIFY(ledger()->rowCount() > 0);
    }

private Q_SLOTS:
    void attemptsOfAFeedThatDrops()
    {
        openFeed("interval=20&drop=5&retry=60");
        QTRY_VERIFY(ledger()->rowCount() >= 3);
        QTRY_VERIFY(cell(1, LedgerModel::Resume).startsWith(QStringLiteral("Resumed")));
        QVERIFY2(cell(0, LedgerModel::Ended).startsWith(QStringLiteral("\u2715 ")) ||
                     cell(0, LedgerModel::Ended).startsWith(QStringLiteral("\u25CB ")),
                 qPrintable(cell(0, LedgerModel::Ended)));
        QCOMPARE(cell(0, LedgerModel::Wait), QStringLiteral("60 ms \u00B7 retry: server"));
        QCOMPARE(cell(0, LedgerModel::Sent), QStringLiteral("none \u00B7 none was seen"));
        QCOMPARE(cell(1, LedgerModel::Sent), cell(0, LedgerModel::Seen) + QStringLiteral(" \u00B7 the last one seen"));
        QVERIFY(cell(1, LedgerModel::Resume).endsWith(QStringLiteral("numeric ids")));
    }

    void dropFreezeReconnect()
    {
        openFeed("interval=20&retry=50");
        QTRY_VERIFY(cell(0, LedgerModel::Events).toInt() > 2);
        QTRY_VERIFY(child<QPushButton>("freeze")->isEnabled());
        click("freeze");
        QTRY_VERIFY(child<QPushButton>("dropNow")->isEnabled());
        click("dropNow");
        QTRY_VERIFY(now().startsWith(QStringLiteral("waiting, frozen")));
        QCOMPARE(ledger()->rowCount(), 1);
        QVERIFY(cell(0, LedgerModel::Wait).startsWith(QStringLiteral("frozen")));
        QTRY_VERIFY(child<QPushButton>("reconnectNow")->isEnabled());
        click("reconnectNow");
        QTRY_COMPARE(ledger()->rowCount(), 2);
        QVERIFY(cell(0, LedgerModel::Wait).contains(QStringLiteral("ended by you")));
        QTRY_VERIFY(now().startsWith(QStringLiteral("now open")));
    }

    void rulesAreKeptAndHold()
    {
        openFeed("interval=20&retry=50");
        QTRY_VERIFY(child<QWidget>("reconnectControls")->isEnabled());
        auto *dropAfter = child<QSpinBox>("dropAfter");
        dropAfter->setValue(2);
        QTRY_VERIFY(ledger()->rowCount() >= 3);
        QVERIFY2(cell(1, LedgerModel::Ended).contains(QStringLiteral("dropped by us after 2 events")),
                 qPrintable(cell(1, LedgerModel::Ended)));
        QCOMPARE(cell(1, LedgerModel::Events), QStringLiteral("2"));
        QCOMPARE(window->workspace().targetOf(m_session)->reconnection.dropAfter, std::optional<std::uint64_t>(2));
        dropAfter->setValue(0);
        QTRY_COMPARE(window->workspace().targetOf(m_session)->reconnection.dropAfter, std::nullopt);
    }

    void resumesFromARow()
    {
        openFeed("interval=20&retry=50");
        QTRY_VERIFY(cell(0, LedgerModel::Events).toInt() > 10);
        const LedgerEntry &entry = ledger()->entryAt(0);
        auto *table = child<RecordView>("recordView");
        table->selectSeq(entry.firstEvent);
        QCOMPARE(table->currentSeq(), entry.firstEvent);
        auto *resume = window->findChild<QAction *>(QStringLiteral("resumeFromRow"));
        QVERIFY(resume && resume->isEnabled());
        resume->trigger();
        QTRY_VERIFY(ledger()->rowCount() >= 2);
        QTRY_VERIFY(cell(1, LedgerModel::Sent).contains(QStringLiteral("set by you")));
        QVERIFY2(cell(0, LedgerModel::Ended).contains(QStringLiteral("the user asks again")),
                 qPrintable(cell(0, LedgerModel::Ended)));
        QTRY_VERIFY(cell(1, LedgerModel::Resume).contains(QStringLiteral("replayed")));
    }

    void aRowLeadsToItsRecords()
    {
        openFeed("interval=20&drop=3&retry=50");
        QTRY_VERIFY(ledger()->rowCount() >= 2);
        auto *table = child<QTableView>("ledger");
        table->scrollToTop();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(ledger()->index(0, LedgerModel::Ended)).center());
        QTRY_COMPARE(child<RecordView>("recordView")->currentSeq(), ledger()->entryAt(0).began);
        QVERIFY(child<QLabel>("attemptSaid")->text().contains(cell(0, LedgerModel::Ended)));
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("ended: ")));
    }

private:
    SessionId m_session;
};

PUSHSCOPE_TEST(ReconnectsWindowTest)
#include "reconnectswindowtest.moc"
