#include "tests/support/testmain.h"
#include "tests/ui/support/http2talk.h"
#include "tests/ui/support/namedchild.h"
#include "tests/ui/support/ownsettings.h"
#include "ui/mainwindow.h"
#include "ui/models/recordtablemodel.h"
#include "ui/panes/recordview.h"
#include "ui/timeline/http2lanepainter.h"
#include "ui/timeline/http2lanesview.h"

#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace pushscope;

/// The whole window over two streams that share an HTTP/2 connection, and one that does not.
class Http2WindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_settings.clear();
        const SystemClock clock;
        test::FixedClock start;
        start.monotonic = clock.now().nanoseconds;
        m_talk = std::make_unique<test::Http2Talk>(start);
        for (const auto &[id, name] : {std::pair(1u, "events"), std::pair(2u, "orders"), std::pair(4u, "alone")})
            m_talk->addSession(id, name);
        m_talk->openConnection();
        m_talk->openStream(1, 1, "/events");
        m_talk->openStream(2, 5, "/orders");
        m_talk->time += 50'000'000;
        m_other = m_talk->event(1, 1, "one");
        m_event = m_talk->event(2, 5, "two");
        m_window = std::make_unique<MainWindow>(m_talk->capture);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_COMPARE(list()->model()->rowCount(), 4);
    }
    void cleanup()
    {
        m_window.reset();
        m_talk.reset();
    }

    void sharedConnectionsAreCountedOnce()
    {
        QTRY_COMPARE(child<QLabel>("statusStreams")->text(), QStringLiteral("3 streams on 1 connection"));
    }

    void aConnectionIsLookedAtAsAWhole()
    {
        clickRow(1);
        QVERIFY(!child<QPushButton>("layerStream")->isChecked());
        clickRow(0);
        QCOMPARE(child<QPushButton>("layerStream")->text(), QStringLiteral("Only connection 3"));
        QVERIFY(child<QPushButton>("layerStream")->isChecked());
        QVERIFY(child<QPushButton>("layerFrames")->isChecked());
        QTRY_VERIFY(rowOf(m_event) >= 0 && rowOf(m_other) >= 0 && rowOf(m_talk->settings) >= 0);
        QCOMPARE(rowOf(Seq(1)), -1); // a session record stands before all connections
        QVERIFY(lanes()->isVisible());
        QCOMPARE(lanes()->lanes().lanes().size(), std::size_t(3)); // with the first frame
        // By the keyboard to the first of its streams: all is as it was before.
        QTest::keyClick(list(), Qt::Key_Down);
        QCOMPARE(child<QPushButton>("layerStream")->text(), QStringLiteral("Only events"));
        QVERIFY(!child<QPushButton>("layerStream")->isChecked() && !child<QPushButton>("layerFrames")->isChecked());
        QVERIFY(!lanes()->isVisible());
        QVERIFY(child<QPushButton>("timelineLanes")->isVisible());
    }

    void theLanesCanBeHadForOneStreamToo()
    {
        clickRow(2);
        QTest::mouseClick(child<QPushButton>("timelineLanes"), Qt::LeftButton);
        QVERIFY(lanes()->isVisible());
        clickRow(1); // the other stream of the connection
        QVERIFY(lanes()->isVisible());
        clickRow(3); // a stream that is on none
        QVERIFY(!lanes()->isVisible());
        QVERIFY(!child<QPushButton>("timelineLanes")->isVisible());
    }

    void aClickOnALanePicksItsRow()
    {
        clickRow(0);
        QTRY_COMPARE(lanes()->lanes().lanes().size(), std::size_t(3));
        QTest::mouseClick(child<QPushButton>("spanFit"), Qt::LeftButton);
        const Seq frame(m_event.value - 1);
        const auto time = double(m_talk->capture->record(frame).time);
        const QPoint point(lanes()->axisLeft() + int(lanes()->axis().pixelAt(time)) + 1,
                           Http2LanePainter::lineOf(lanes()->laneArea(lanes()->lanes().placeOf(5))));
        QTest::mouseClick(lanes()->viewport(), Qt::LeftButton, {}, point);
        QTRY_COMPARE(child<RecordView>("recordView")->currentSeq(), frame);
        // And the other way round.
        child<RecordView>("recordView")->selectSeq(m_other);
        QCOMPARE(lanes()->marked(), m_other);
    }

    void onlyOneStreamLeavesTheOthersOut()
    {
        clickRow(2);
        child<QPushButton>("layerFrames")->click();
        child<QPushButton>("layerStream")->click();
        QTRY_VERIFY(rowOf(m_event) >= 0 && rowOf(m_other) < 0);
        QVERIFY(rowOf(Seq(m_event.value - 1)) >= 0);
        QVERIFY(rowOf(m_talk->settings) >= 0);
        QCOMPARE(rowOf(Seq(m_other.value - 1)), -1);
    }

    void aConnectionHasAMenu()
    {
        Q_EMIT list()->customContextMenuRequested(list()->visualRect(list()->model()->index(0, 0)).center());
        const auto *menu = child<QMenu>("streamMenu");
        QCOMPARE(menu->actions().size(), 2);
        QVERIFY(menu->actions().front()->isEnabled());
    }

private:
    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return test::namedChild<Widget>(*m_window, name);
    }
    [[nodiscard]] QListView *list() const { return child<QListView>("streamsList"); }
    [[nodiscard]] Http2LanesView *lanes() const { return child<Http2LanesView>("http2Lanes"); }
    [[nodiscard]] int rowOf(Seq seq) const
    {
        return static_cast<RecordTableModel *>(child<RecordView>("recordView")->model())->rowOf(seq);
    }
    void clickRow(int row) const
    {
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                          list()->visualRect(list()->model()->index(row, 0)).center());
    }

    test::OwnSettings m_settings;
    std::unique_ptr<test::Http2Talk> m_talk;
    std::unique_ptr<MainWindow> m_window;
    Seq m_event, m_other;
};

PUSHSCOPE_TEST(Http2WindowTest)
#include "http2windowtest.moc"
