#include "core/capture/details/flowwindow.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class FlowWindowTest : public QObject
{
    Q_OBJECT
    using Sample = FlowWindow::Sample;

private Q_SLOTS:
    void takesAndGives()
    {
        FlowWindow window(10, 100);
        window.take(20, 70);
        window.give(30, 170);
        QCOMPARE(window.left(), 200);
        QCOMPARE(window.initial(), 100);
        QCOMPARE(window.highest(), 200);
        QVERIFY(window.history() == (std::vector<Sample>{{10, 100, 100}, {20, 30, 30}, {30, 200, 200}}));
        QVERIFY(window.at(9) == nullptr);
        QCOMPARE(window.at(10)->left, 100);
        QCOMPARE(window.at(29)->left, 30);
        QCOMPARE(window.at(1'000'000)->left, 200);
    }

    /// RFC 9113 section 6.9.2 has this very example: 60 of 65 KB are sent, then the initial window shrinks to 16 KB.
    void aNewInitialWindowMovesIt()
    {
        FlowWindow window(0, 65535);
        window.take(1, 60000);
        window.restart(2, 16384);
        QCOMPARE(window.left(), 16384 - 60000);
        QCOMPARE(window.initial(), 16384);
        window.give(3, 50000);
        QCOMPARE(window.left(), 6384);
        window.restart(4, 65535);
        QCOMPARE(window.left(), 55535);
    }

    void changesAtOneTimeAreOneSample()
    {
        FlowWindow window(5, 100);
        window.take(5, 90);
        window.give(5, 40);
        QVERIFY(window.history() == (std::vector<Sample>{{5, 50, 10}}));
        window.take(4, 1); // a clock never goes back, a damaged capture may
        QCOMPARE(window.history().size(), 1u);
    }

    void itsHistoryIsBounded()
    {
        FlowWindow window(0, 1000);
        for (std::int64_t time = 1; time <= 1'000'000; ++time) {
            if (time % 2 == 1)
                window.take(time, time == 500'001 ? 900 : 10);
            else
                window.give(time, time == 500'002 ? 900 : 10);
        }
        QVERIFY(window.history().size() <= FlowWindow::MaxSamples);
        QVERIFY(window.history().size() >= FlowWindow::MaxSamples / 4);
        QCOMPARE(window.left(), 1000);
        std::int64_t before = -1;
        for (const Sample &sample : window.history()) {
            QVERIFY(sample.time > before && sample.lowest <= sample.left);
            before = sample.time;
        }
        QCOMPARE(window.history().front().time, 0);
        QCOMPARE(window.at(500'001)->lowest, 100); // the dip is not lost
        QCOMPARE(window.at(250'000)->lowest, 990);
    }

    void hostileUpdatesDoNotOverflow()
    {
        FlowWindow window(0, 65535);
        for (int i = 0; i < 10; ++i)
            window.give(i, 0x7fffffff);
        QCOMPARE(window.left(), 0x7fffffff);
        for (int i = 0; i < 1000; ++i)
            window.take(20 + i, 0xffffff);
        QCOMPARE(window.left(), -0x7fffffff);
        window.restart(2000, 0xffffffff);
        QCOMPARE(window.initial(), 0xffffffff);
    }
};

PUSHSCOPE_TEST(FlowWindowTest)
#include "flowwindowtest.moc"
