#include "ui/panes/timingpane.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/feeddata.h"
#include "tests/ui/support/namedchild.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace pushscope;
using namespace std::chrono_literals;

/// Over a capture that the test writes to, the second time with a feed of 50,000 events a second arriving in it.
class TimingPaneTest : public QObject
{
    Q_OBJECT

    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return test::namedChild<Widget>(*m_pane, name);
    }
    /// What the server sends at one time, in one read; `ago`: when it made each, in milliseconds before.
    Seq send(std::initializer_list<int> ago)
    {
        return m_live->write([&](test::CaptureBuilder &b) {
            b.time += 100'000'000;
            b.read("\n");
            Seq first;
            for (const int before : ago) {
                const std::int64_t stamp = (b.capture->wallStart() + b.time) / 1'000'000 - before;
                const std::string block = "data: {\"ts\":" + std::to_string(stamp) + "}\n\n";
                Record record = b.make(RecordKind::SseEvent, Direction::In);
                record.origin = b.writer.appendBytes(block);
                record.originLength = std::uint32_t(block.size());
                const Seq seq = b.append(record);
                first = first.isValid() ? first : seq;
            }
            return first;
        });
    }
    void catchUp()
    {
        const std::uint64_t published = m_live->builder.capture->counts().records;
        QTRY_VERIFY(advancedTo(published));
        m_pane->refresh();
    }
    [[nodiscard]] bool advancedTo(std::uint64_t)
    {
        m_pane->advance(20ms);
        m_pane->refresh();
        return figures().contains(QStringLiteral("Messages: 6 "));
    }
    [[nodiscard]] QString figures() const
    {
        const auto *list = child<QTreeWidget>("timingFigures");
        QStringList rows;
        for (int row = 0; row < list->topLevelItemCount(); ++row)
            rows += list->topLevelItem(row)->text(0) + QStringLiteral(": ") + list->topLevelItem(row)->text(1);
        return rows.join(u'\n');
    }

private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_live = std::make_unique<test::LiveCapture>();
        test::startFeedIfAsked(*m_live);
        m_pane = std::make_unique<TimingPane>(m_live->builder.capture);
        m_pane->resize(750, 260);
        m_pane->show();
        m_pane->showSession(SessionId(1));
        send({1});
        m_lump = send({800, 400, 2});
        send({2});
        send({1});
        catchUp();
    }
    void cleanup()
    {
        m_pane.reset();
        m_live.reset();
    }

    void figuresAndPlots()
    {
        QVERIFY2(figures().contains(QStringLiteral("Largest read: 3 messages")), qPrintable(figures()));
        QVERIFY(figures().contains(QStringLiteral("Shared a read: 50.0 % of them")));
        QVERIFY(figures().contains(QStringLiteral("Delays differ: by 799 ms")));
        QCOMPARE(child<QLabel>("serverTimeSaid")->text(), QStringLiteral("found at $.ts"));
        QVERIFY(!child<PlotView>("gapsPlot")->plot().bars.empty());
        QVERIFY(!child<PlotView>("throughputPlot")->plot().bars.empty());
        const Plot &delays = child<PlotView>("delayPlot")->plot();
        double highest = 0;
        for (const Plot::Bar &bar : delays.bars)
            highest = std::max(highest, bar.high);
        QCOMPARE(highest, 799e6);
    }

    /// As in a low window: nothing is cut off, each plot keeps its least size.
    void everythingFitsOrScrolls()
    {
        for (const QSize size : {QSize(1300, 150), QSize(640, 120), QSize(1300, 500)}) {
            m_pane->resize(size);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            const auto *list = child<QTreeWidget>("timingFigures");
            QVERIFY(list->height() <= size.height());
            const auto *area = child<QWidget>("gapsPlot")->parentWidget();
            for (const char *name : {"gapsPlot", "lumpsPlot", "throughputPlot", "delayPlot"}) {
                const auto *plot = child<PlotView>(name);
                QVERIFY2(plot->height() >= plot->minimumSizeHint().height(), name);
                QVERIFY2(area->rect().contains(plot->geometry()), name);
            }
            const bool isOneRow = child<QWidget>("delayPlot")->y() == child<QWidget>("gapsPlot")->y();
            QCOMPARE(isOneRow, size == QSize(1300, 150));
        }
    }

    /// A plot that one bar fills would say nothing.
    void aSingleBarLeavesRoom()
    {
        for (const char *name : {"gapsPlot", "lumpsPlot", "throughputPlot", "delayPlot"}) {
            const Plot &plot = child<PlotView>(name)->plot();
            for (const Plot::Bar &bar : plot.bars)
                QVERIFY2(bar.right - bar.left <= 1.0 / 8 + 1e-9 && bar.left >= 0 && bar.right <= 1 + 1e-9, name);
        }
    }

    /// Six messages in 300 ms: three of them in one read are no three hundred a second.
    void aRateIsTakenOverTime()
    {
        for (const Plot::Bar &bar : child<PlotView>("throughputPlot")->plot().bars)
            QVERIFY(bar.high < 60);
    }

    void aClickOnALumpPicksIt()
    {
        auto *lumps = child<PlotView>("lumpsPlot");
        QSignalSpy picked(m_pane.get(), &TimingPane::recordPicked);
        const int last = int(lumps->plot().bars.size()) - 1;
        QVERIFY(lumps->plot().hint(std::size_t(last)).contains(QStringLiteral("3 messages in a read")));
        QTest::mouseClick(lumps, Qt::LeftButton, {}, lumps->areaOf(last).center().toPoint());
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].value<Seq>(), m_lump);
    }

    void throughputInBytes()
    {
        QTest::mouseClick(child<QPushButton>("throughputInBytes"), Qt::LeftButton);
        QCOMPARE(child<PlotView>("throughputPlot")->plot().title, QStringLiteral("Bytes a second"));
    }

    void aPlaceOfOnesOwn()
    {
        auto *place = child<QLineEdit>("serverTimePlace");
        place->setFocus();
        QTest::keyClicks(place, QStringLiteral("/nothing"));
        QTest::keyClick(place, Qt::Key_Return);
        catchUp();
        QVERIFY(child<PlotView>("delayPlot")->plot().bars.empty());
        QVERIFY(child<PlotView>("delayPlot")->plot().nothing.contains(QStringLiteral("/nothing")));
        place->setText(QStringLiteral("/ts"));
        QTest::keyClick(place, Qt::Key_Return);
        catchUp();
        QVERIFY(!child<PlotView>("delayPlot")->plot().bars.empty());
    }

    void aWrongPlaceSaysWhere()
    {
        auto *place = child<QLineEdit>("serverTimePlace");
        place->setFocus();
        QTest::keyClicks(place, QStringLiteral("$.a["));
        QTest::keyClick(place, Qt::Key_Return);
        QVERIFY(place->property("invalid").toBool());
        QVERIFY(child<QLabel>("serverTimeSaid")->text().startsWith(QStringLiteral("at character 5: ")));
        QVERIFY(!child<PlotView>("delayPlot")->plot().bars.empty()); // what was good is kept
    }

private:
    std::unique_ptr<test::LiveCapture> m_live;
    std::unique_ptr<TimingPane> m_pane;
    Seq m_lump;
};

PUSHSCOPE_TEST(TimingPaneTest)
#include "timingpanetest.moc"
