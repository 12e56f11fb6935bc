#include "ui/timeline/timeaxis.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class TimeAxisTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void zoomKeepsTheTimeUnderThePointer()
    {
        TimeAxis axis;
        axis.setPixels(1000);
        axis.setSpan(5e9, 10e9);
        const double before = axis.timeAt(250);
        axis.zoom(0.5, 250);
        QCOMPARE(axis.timeAt(250), before);
        QCOMPARE(axis.span(), 5e9);
        for (int i = 0; i < 200; ++i)
            axis.zoom(0.5, 250);
        QCOMPARE(axis.span(), TimeAxis::ShortestSpan);
    }

    void panMovesByPixels()
    {
        TimeAxis axis;
        axis.setPixels(1000);
        axis.setSpan(0, 10e9);
        axis.pan(100);
        QCOMPARE(axis.start(), -1e9);
    }

    void labelsStandOnRoundTimes()
    {
        TimeAxis axis;
        axis.setPixels(1000);
        axis.setSpan(0, 10e9);
        QCOMPARE(axis.labelStep(150), std::int64_t(2'000'000'000));
        axis.setSpan(0, 60e9);
        QCOMPARE(axis.labelStep(150), std::int64_t(10'000'000'000));
        axis.setSpan(0, 1e7);
        QCOMPARE(axis.labelStep(150), std::int64_t(2'000'000));
    }
};

PUSHSCOPE_TEST(TimeAxisTest)
#include "timeaxistest.moc"
