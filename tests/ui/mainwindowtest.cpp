#include "tests/support/testmain.h"
#include "tests/ui/support/windowtest.h"
#include "ui/panes/streamspanel.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timelineview.h"
#include "ui/windowstate.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTreeWidget>

using namespace pushscope;

class MainWindowTest : public test::WindowTest
{
    Q_OBJECT

    [[nodiscard]] Seq newest(const QString &wanted) const
    {
        const RecordTableModel *rows = model();
        for (int row = rows->rowCount() - 1; row >= 0; --row) {
            const Seq seq = rows->seqAt(row);
            if (live->builder.capture->record(seq).session == test::LiveCapture::FeedSession)
                continue; // there are many of them, and none is wanted
            if (rows->index(row, RecordTableModel::Preview).data().toString().contains(wanted))
                return seq;
        }
        return {};
    }

private Q_SLOTS:
    void rowsArriveAndAreFollowed()
    {
        const Seq seq = live->event("arrived");
        QTRY_VERIFY(model()->rowOf(seq) >= 0);
        QVERIFY(table()->isFollowing());
        QTRY_COMPARE(table()->verticalScrollBar()->value(), table()->verticalScrollBar()->maximum());
    }

    void followingYieldsToTheUser()
    {
        QTest::keyClick(table(), Qt::Key_PageUp);
        QVERIFY(!table()->isFollowing());
        const int first = table()->firstVisibleRow();
        const Seq seq = live->event("later");
        QTRY_VERIFY(model()->rowOf(seq) >= 0);
        QCOMPARE(table()->firstVisibleRow(), first);
        QTRY_VERIFY(child<QPushButton>("followButton")->text().contains(QStringLiteral("new")));
        QTest::keyClick(table(), Qt::Key_Space);
        QVERIFY(table()->isFollowing());
    }

    void theFilterBoxFindsText()
    {
        QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        auto *filter = child<QLineEdit>("filter");
        QTRY_VERIFY(filter->hasFocus());
        QTest::keyClicks(filter, QStringLiteral("ROW17"));
        QTest::keyClick(filter, Qt::Key_Return);
        QTRY_COMPARE(model()->rowCount(), 1);
        QVERIFY(model()->index(0, RecordTableModel::Preview).data().toString().contains(QStringLiteral("row17")));
        QTRY_VERIFY(child<QLabel>("filterCount")->text().startsWith(QStringLiteral("1 of ")));
        filter->clear();
        QTRY_VERIFY(model()->rowCount() > 50);
    }

    void theSelectionSurvivesAFilter()
    {
        const Seq seq = newest(QStringLiteral("row42"));
        table()->selectSeq(seq);
        click("layerReads");
        QTRY_COMPARE(table()->currentSeq(), seq);
        click("layerReads");
        QTRY_COMPARE(table()->currentSeq(), seq);
        child<QLineEdit>("filter")->setText(QStringLiteral("row7\""));
        QTRY_COMPARE(model()->rowOf(seq), -1);
        child<QLineEdit>("filter")->clear();
        QTRY_COMPARE(table()->currentSeq(), seq);
    }

    void layersSwitchOnAndOff()
    {
        const Seq event = newest(QStringLiteral("row7\""));
        const Seq read(event.value - 1);
        QCOMPARE(model()->rowOf(read), -1);
        click("layerReads");
        QTRY_VERIFY(model()->rowOf(read) >= 0);
        click("layerMessages");
        QTRY_COMPARE(model()->rowOf(event), -1);
    }

    void onlyOneStreamIsShownWhenAskedFor()
    {
        child<StreamsPanel>("streamsPanel")->setCurrent(SessionId(1));
        auto *chip = child<QPushButton>("layerStream");
        QTRY_COMPARE(chip->text(), QStringLiteral("Only events"));
        QTest::mouseClick(chip, Qt::LeftButton);
        QTRY_COMPARE(model()->rowCount(), 53); // 50 events, the session and its two states
    }

    void aKindIsFoundByTheNameInTheTable()
    {
        auto *filter = child<QLineEdit>("filter");
        filter->setText(QStringLiteral("kind:event row17"));
        QTest::keyClick(filter, Qt::Key_Return);
        QTRY_COMPARE(model()->rowCount(), 1);
        QVERIFY(!filter->property("invalid").toBool());
        filter->setText(QStringLiteral("kind:evnt"));
        QTest::keyClick(filter, Qt::Key_Return);
        QTRY_COMPARE(model()->rowCount(), 0);
        QVERIFY(filter->property("invalid").toBool());
        QVERIFY(filter->toolTip().contains(QStringLiteral("evnt")));
    }

    void findJumpsThroughTheRows()
    {
        QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier);
        auto *text = child<QLineEdit>("findText");
        QTRY_VERIFY(text->hasFocus());
        const Seq wanted = newest(QStringLiteral("row33"));
        QTest::keyClicks(text, QStringLiteral("row33"));
        QTRY_COMPARE(table()->currentSeq(), wanted);
        QTest::keyClick(text, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(text, QStringLiteral("nowhere to be seen"));
        QTRY_COMPARE(child<QLabel>("findSaid")->text(), QStringLiteral("Not found"));
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!text->isVisible());
    }

    void aPickedRowFillsThePanes()
    {
        table()->selectSeq(newest(QStringLiteral("row12")));
        QTest::mouseClick(child<QPushButton>("payloadAsText"), Qt::LeftButton);
        QCOMPARE(child<QPlainTextEdit>("payloadText")->toPlainText(),
                 QStringLiteral("{\n  \"n\": 12,\n  \"name\": \"row12\"\n}"));
    }

    void theTimelineAndTheTableSelectEachOther()
    {
        auto *timeline = child<TimelineView>("timeline");
        const Seq seq = newest(QStringLiteral("row30"));
        timeline->setLive(false);
        table()->selectSeq(seq);
        const double time = double(live->builder.capture->record(seq).time);
        QTRY_VERIFY(time >= timeline->axis().start() && time <= timeline->axis().end());
        timeline->showSpan(1e7);
        table()->selectSeq(newest(QStringLiteral("row31")));
        const QPoint point(timeline->axisLeft() + int(timeline->axis().pixelAt(time)),
                           timeline->laneArea(0).center().y());
        QTest::mouseClick(timeline->viewport(), Qt::LeftButton, {}, point);
        QCOMPARE(table()->currentSeq(), seq);
    }

    void aDoubleClickInTheTimelineSelectsNothing()
    {
        auto *timeline = child<TimelineView>("timeline");
        const Seq seq = newest(QStringLiteral("row42"));
        const double time = double(live->builder.capture->record(seq).time);
        timeline->setLive(false);
        for (const Seq before : {newest(QStringLiteral("row41")), Seq()}) {
            timeline->showSpan(1e7);
            timeline->markRecord(seq);
            if (before.isValid())
                table()->selectSeq(before);
            else
                table()->setCurrentIndex({});
            const QPoint point(timeline->axisLeft() + int(timeline->axis().pixelAt(time)),
                               timeline->laneArea(0).center().y());
            QTest::mouseClick(timeline->viewport(), Qt::LeftButton, {}, point);
            QCOMPARE(table()->currentSeq(), seq);
            QTest::mouseDClick(timeline->viewport(), Qt::LeftButton, {}, point);
            QCOMPARE(table()->currentSeq(), before);
        }
    }

    void keysLeadThroughThePanes()
    {
        table()->setFocus();
        QTest::keyClick(window.get(), Qt::Key_F6);
        QTRY_VERIFY(child<QTabWidget>("detailTabs")->isAncestorOf(QApplication::focusWidget()) ||
                    QApplication::focusWidget() == child<QTabWidget>("detailTabs"));
        QTest::keyClick(window.get(), Qt::Key_F6);
        QTRY_VERIFY(child<QListView>("streamsList")->hasFocus());
        QTest::keyClick(window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QTest::keyClick(window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QTRY_VERIFY(table()->hasFocus());
        QTest::keyClick(window.get(), Qt::Key_L, Qt::ControlModifier);
        QTRY_VERIFY(child<QLineEdit>("url")->hasFocus());
    }

    void removingAStreamCanBeUndone()
    {
        auto *list = child<QListView>("streamsList");
        const int before = list->model()->rowCount();
        list->setCurrentIndex(list->model()->index(0, 0));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(list->model()->rowCount(), before - 1);
        QVERIFY(child<QLabel>("noticeText")->text().startsWith(QStringLiteral("events was removed")));
        click("noticeAccept");
        QCOMPARE(list->model()->rowCount(), before);
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(list->model()->rowCount(), before - 1);
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(list->model()->rowCount(), before);
        QVERIFY(!child<QWidget>("noticeBar")->isVisible());
    }

    void aNoticeAboutFilesGoesWithItsCommand()
    {
        auto *url = child<QLineEdit>("url");
        const auto *notice = child<QWidget>("noticeBar");
        url->setText(QStringLiteral("curl -d @secrets.json https://api.test/v1/stream"));
        QTest::keyClick(url, Qt::Key_Return);
        QVERIFY(notice->isVisible());
        QTest::keyClick(url, Qt::Key_Backspace);
        QVERIFY(!notice->isVisible());
    }

    void namesFromTheNetworkAreShownNotObeyed()
    {
        const Seq seq = live->event("<img src=x>\x1B[2J\xE2\x80\xAE");
        QTRY_VERIFY(model()->rowOf(seq) >= 0);
        const QString text = model()->index(model()->rowOf(seq), RecordTableModel::Preview).data().toString();
        QCOMPARE(text, QStringLiteral("<img src=x>\u27E81B\u27E9[2J\u27E8202E\u27E9"));
    }

    void layoutIsRestoredAtTheNextStart()
    {
        table()->horizontalHeader()->setSectionHidden(RecordTableModel::Stream, true);
        table()->horizontalHeader()->resizeSection(RecordTableModel::Type, 177);
        click("layerReads");
        window->close();
        window.reset();
        openWindow();
        QVERIFY(table()->horizontalHeader()->isSectionHidden(RecordTableModel::Stream));
        QCOMPARE(table()->horizontalHeader()->sectionSize(RecordTableModel::Type), 177);
        QVERIFY(child<QPushButton>("layerReads")->isChecked());
    }

    void inASmallWindowTheStreamsKeepTheirRoom()
    {
        window.reset();
        {
            WindowState state;
            for (int i = 0; i < 6; ++i) {
                Target target;
                target.url = *parseUrl("http://localhost/" + std::to_string(i));
                state.remember(target, i);
            }
        }
        for (std::uint32_t session = 20; session < 26; ++session)
            live->addSession(session, "s" + std::to_string(session), "sse");
        openWindow();
        auto *list = child<QListView>("streamsList");
        QTRY_VERIFY(list->model()->rowCount() >= 7);
        window->resize(1000, 480);
        const int row = list->sizeHintForRow(0);
        // What of the list can be seen: it keeps its height, the panel around it may cut it.
        QTRY_VERIFY2(list->visibleRegion().boundingRect().height() >= 4 * row,
                     qPrintable(QString::number(list->visibleRegion().boundingRect().height())));
    }

    void bothSchemesCanBeChosen()
    {
        child<QTabWidget>("detailTabs")->setCurrentIndex(1);
        table()->selectSeq(newest(QStringLiteral("row12")));
        for (const char *name : {"Dark", "Light"}) {
            for (QAction *action : window->findChildren<QAction *>()) {
                if (action->text() == QLatin1String(name))
                    action->trigger();
            }
            const auto *fields = child<QTreeWidget>("frameFields");
            QTRY_COMPARE(fields->topLevelItem(0)->foreground(0).color(), colorsOf(table()).muted);
            const bool isDark = table()->palette().color(QPalette::Window).lightness() < 128;
            QCOMPARE(isDark, QLatin1String(name) == QLatin1String("Dark"));
        }
    }

    void everyFieldHasAName()
    {
        for (const QWidget *widget : window->findChildren<QWidget *>()) {
            const bool isNamed = !widget->accessibleName().isEmpty() || !widget->objectName().startsWith(u'q');
            if (widget->focusPolicy() == Qt::StrongFocus && widget->isVisible() &&
                qobject_cast<const QLineEdit *>(widget))
                QVERIFY2(isNamed && !widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }
};

PUSHSCOPE_TEST(MainWindowTest)
#include "mainwindowtest.moc"
