#include "ui/panes/plotview.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/windowbeside.h"

#include <QSignalSpy>
#include <QTest>

using namespace pushscope;

class PlotViewTest : public QObject
{
    Q_OBJECT

    static Plot threeBars()
    {
        Plot plot;
        plot.title = QStringLiteral("Gaps");
        plot.bars = {{0, 0.1, 0, 10, {}, Seq(1)}, {0.5, 0.6, 0, 100, {}, Seq(2)}, {0.9, 1, 20, 60, 30, Seq(3)}};
        plot.ticks = {{0, QStringLiteral("0")}, {1, QStringLiteral("9 s")}};
        plot.scaleText = [](double value) { return QString::number(value); };
        plot.hint = [](std::size_t bar) { return QStringLiteral("bar %1").arg(bar); };
        return plot;
    }

private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_beside = std::make_unique<test::WindowBeside>();
        m_view = std::make_unique<PlotView>("plot");
        m_view->resize(320, 160);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setPlot(threeBars());
    }
    void cleanup()
    {
        m_view.reset();
        m_beside.reset();
    }

    void barsStandWhereTheyBelong()
    {
        const QRectF low = m_view->areaOf(0), high = m_view->areaOf(1), range = m_view->areaOf(2);
        QVERIFY(low.right() < high.left() && high.right() < range.left());
        QVERIFY(std::abs(high.height() - 10 * low.height()) < 1);
        QCOMPARE(low.bottom(), high.bottom());
        QVERIFY(range.bottom() < high.bottom()); // a range does not begin at zero
    }

    void aClickPicksTheBarsRecord()
    {
        QSignalSpy picked(m_view.get(), &PlotView::recordPicked);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->areaOf(1).center().toPoint());
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].value<Seq>(), Seq(2));
        // Above a low bar is still that bar's place.
        QCOMPARE(m_view->barAt(QPoint(int(m_view->areaOf(0).center().x()), int(m_view->areaOf(1).top()) + 1)), 0);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(picked.size(), 1);
    }

    void keysGoAlongTheBars()
    {
        QSignalSpy picked(m_view.get(), &PlotView::recordPicked);
        m_view->activateWindow();
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QCOMPARE(m_view->accessibleDescription(), QStringLiteral("bar 2"));
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].value<Seq>(), Seq(2));
    }

    void nothingIsSaid()
    {
        Plot empty;
        empty.title = QStringLiteral("Gaps");
        empty.nothing = QStringLiteral("No message yet");
        m_view->setPlot(empty);
        QCOMPARE(m_view->accessibleDescription(), QStringLiteral("No message yet"));
        QCOMPARE(m_view->barAt(m_view->rect().center()), -1);
        QVERIFY(!m_view->grab().isNull());
    }

    /// A gap between each two of them would come and go with the pixels, and look like a pattern.
    void narrowBarsTouchWideOnesDoNot()
    {
        Plot plot = threeBars();
        for (const int bars : {100, 20}) {
            plot.bars.clear();
            for (int i = 0; i < bars; ++i)
                plot.bars.push_back({double(i) / bars, double(i + 1) / bars, 0, 5, {}, Seq(std::uint64_t(i) + 1)});
            m_view->setPlot(plot);
            for (int i = 1; i < bars; ++i) {
                const double gap = m_view->areaOf(i).left() - m_view->areaOf(i - 1).right();
                QCOMPARE(gap, bars == 100 ? 0.0 : 1.0);
            }
        }
    }

    void manyBarsInFewPixels()
    {
        Plot plot = threeBars();
        plot.bars.clear();
        for (int i = 0; i < 5000; ++i)
            plot.bars.push_back(
                {i / 5000.0, (i + 1) / 5000.0, 0, i == 2500 ? 9.0 : 1.0, {}, Seq(std::uint64_t(i) + 1)});
        m_view->setPlot(plot);
        QCOMPARE(m_view->barAt(m_view->areaOf(2500).center().toPoint()), 2500);
        QVERIFY(!m_view->grab().isNull());
    }

private:
    std::unique_ptr<test::WindowBeside> m_beside;
    std::unique_ptr<PlotView> m_view;
};

PUSHSCOPE_TEST(PlotViewTest)
#include "plotviewtest.moc"
