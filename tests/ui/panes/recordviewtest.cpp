#include "ui/panes/recordview.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/feeddata.h"
#include "ui/models/connectionindex.h"
#include "ui/models/recordtablemodel.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

class RecordViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_live = std::make_unique<test::LiveCapture>();
        test::startFeedIfAsked(*m_live);
        m_connections = std::make_unique<ConnectionIndex>(m_live->builder.capture);
        m_model = std::make_unique<RecordTableModel>(m_live->builder.capture, Statistics(m_live->builder.capture),
                                                     *m_connections);
        Filter filter;
        filter.layers = std::bitset<8>(1u << unsigned(Layer::Messages));
        filter.session = SessionId(1);
        m_model->setFilter(filter);
        m_view = std::make_unique<RecordView>();
        m_view->setRecordModel(m_model.get());
        m_view->resize(900, 300);
        m_view->show();
        grow(200);
    }
    void cleanup() { m_view.reset(); }

    void followsTheNewest()
    {
        QVERIFY(m_view->isFollowing());
        grow(100);
        QCOMPARE(m_view->verticalScrollBar()->value(), m_view->verticalScrollBar()->maximum());
        QVERIFY(!button()->isVisible());
    }

    void yieldsWhenTheUserScrollsUp()
    {
        m_view->verticalScrollBar()->triggerAction(QScrollBar::SliderPageStepSub);
        QVERIFY(!m_view->isFollowing());
        const int first = m_view->firstVisibleRow();
        grow(7);
        QCOMPARE(m_view->firstVisibleRow(), first);
        QVERIFY(button()->isVisible());
        QCOMPARE(button()->text(), QStringLiteral("7 new \u2193"));
        QTest::mouseClick(button(), Qt::LeftButton);
        QVERIFY(m_view->isFollowing());
        QVERIFY(!button()->isVisible());
        QCOMPARE(m_view->verticalScrollBar()->value(), m_view->verticalScrollBar()->maximum());
    }

    void whatAFilterBringsBackIsNotNew()
    {
        m_view->verticalScrollBar()->triggerAction(QScrollBar::SliderPageStepSub);
        const Filter all = m_model->filter();
        Filter few = all;
        few.text = "n7";
        m_model->setFilter(few);
        m_model->setFilter(all);
        QCOMPARE(button()->text(), QStringLiteral("Follow \u2193"));
        grow(3);
        QCOMPARE(button()->text(), QStringLiteral("3 new \u2193"));
    }

    void spaceTogglesFollowing()
    {
        QTest::keyClick(m_view.get(), Qt::Key_Space);
        QVERIFY(!m_view->isFollowing());
        QTest::keyClick(m_view.get(), Qt::Key_Space);
        QVERIFY(m_view->isFollowing());
    }

    void scrollingBackDownFollowsAgain()
    {
        m_view->verticalScrollBar()->triggerAction(QScrollBar::SliderToMinimum);
        QVERIFY(!m_view->isFollowing());
        m_view->verticalScrollBar()->triggerAction(QScrollBar::SliderToMaximum);
        QVERIFY(m_view->isFollowing());
    }

    void clickAndKeysSelectRows()
    {
        QSignalSpy selected(m_view.get(), &RecordView::recordSelected);
        m_view->verticalScrollBar()->triggerAction(QScrollBar::SliderToMinimum);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->visualRect(m_model->index(3, 0)).center());
        QCOMPARE(m_view->currentSeq(), m_model->seqAt(3));
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->currentSeq(), m_model->seqAt(4));
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        QVERIFY(m_view->currentSeq() > m_model->seqAt(8));
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->currentSeq(), m_model->seqAt(0));
        QVERIFY(selected.size() >= 4);
        m_view->selectSeq(m_model->seqAt(150));
        QVERIFY(m_view->viewport()->rect().contains(m_view->visualRect(m_model->index(150, 0))));
    }

    void columnsHideAndTheirStateIsKept()
    {
        const QByteArray state = m_view->horizontalHeader()->saveState();
        m_view->horizontalHeader()->setSectionHidden(RecordTableModel::Stream, true);
        m_view->horizontalHeader()->moveSection(0, 3);
        QVERIFY(m_view->horizontalHeader()->isSectionHidden(RecordTableModel::Stream));
        m_view->horizontalHeader()->restoreState(state);
        QVERIFY(!m_view->horizontalHeader()->isSectionHidden(RecordTableModel::Stream));
        QCOMPARE(m_view->horizontalHeader()->visualIndex(0), 0);
    }

    void theFocusIsSeenWithoutACurrentRow()
    {
        const auto line = [this] { return m_view->viewport()->grab().toImage().pixelColor(300, 0); };
        m_view->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->setFocus(Qt::TabFocusReason);
        QVERIFY(!m_view->currentIndex().isValid());
        QCOMPARE(line(), colorsOf(m_view.get()).accent);
        m_view->clearFocus();
        QVERIFY(line() != colorsOf(m_view.get()).accent);
    }

    void longIdsAreToldApartByTheirEnds()
    {
        for (const char *end : {"1", "2"})
            m_live->write([end](test::CaptureBuilder &b) {
                return b.whole(RecordKind::SseEvent, "id: " + std::string(300, 'a') + end + "\ndata\n\n", Direction::In,
                               RecordFlag::IdSet);
            });
        grow(0);
        const auto cell = [this](int row) {
            const QRect rect = m_view->visualRect(m_model->index(row, RecordTableModel::LastId));
            return m_view->viewport()->grab(rect.adjusted(0, 1, 0, -1)).toImage();
        };
        const int last = m_model->rowCount() - 1;
        QVERIFY(m_view->viewport()->rect().contains(m_view->visualRect(m_model->index(last - 1, 0))));
        QVERIFY(cell(last) != cell(last - 1));
    }

    /// In a window of 1000 pixels nothing is out of sight at the right.
    void aNarrowTableFits()
    {
        m_view->resize(750, 300);
        QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
        m_view->resize(1180, 300);
        QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
    }

    void nothingLiesOverTheHeader()
    {
        const QWidget *header = m_view->horizontalHeader()->viewport();
        for (int x = 2; x < m_view->viewport()->width(); x += 40)
            QCOMPARE(m_view->childAt(x, header->height() / 2), header);
        QCOMPARE(m_view->horizontalHeader()->sectionViewportPosition(RecordTableModel::Number), 0);
    }

    void screenReadersGetRowTexts()
    {
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(accessible && accessible->tableInterface());
        QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Records"));
        QCOMPARE(accessible->tableInterface()->rowCount(), 200);
        QCOMPARE(accessible->tableInterface()->cellAt(0, RecordTableModel::Preview)->text(QAccessible::Name),
                 QStringLiteral("n0"));
    }

private:
    [[nodiscard]] QPushButton *button() const
    {
        return m_view->findChild<QPushButton *>(QStringLiteral("followButton"));
    }
    void grow(int count)
    {
        for (int i = 0; i < count; ++i)
            m_live->event("n" + std::to_string(i));
        m_model->advance(m_live->builder.capture->counts(), 50ms);
    }

    std::unique_ptr<test::LiveCapture> m_live;
    std::unique_ptr<ConnectionIndex> m_connections;
    std::unique_ptr<RecordTableModel> m_model;
    std::unique_ptr<RecordView> m_view;
};

PUSHSCOPE_TEST(RecordViewTest)
#include "recordviewtest.moc"
