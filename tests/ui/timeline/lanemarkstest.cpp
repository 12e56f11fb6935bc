#include "ui/timeline/lanemarks.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class LaneMarksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesOverTheMarksOfAllPyramids()
    {
        const LaneMarks marks({&m_data, &m_frames}, 1);
        QCOMPARE(marks.first(), Seq(1));
        QCOMPARE(marks.last(), Seq(1001));
        QCOMPARE(marks.behind(Seq(1)), Seq(2));
        QCOMPARE(marks.behind(Seq(2)), Seq(3));
        QCOMPARE(marks.before(Seq(3)), Seq(2));
        QCOMPARE(marks.before(Seq(1)), Seq());
        QCOMPARE(marks.behind(Seq(1001)), Seq());
        QCOMPARE(marks.at(double(500 * Step)), Seq(501));
        QCOMPARE(marks.at(-1), Seq(1)); // nothing yet: what comes first
    }

    void stepsOverWhatThePixelsDoNotTellApart()
    {
        const LaneMarks marks({&m_data}, double(LanePyramid::width(5)));
        int steps = 0;
        for (Seq seq = marks.first(); seq.isValid(); seq = marks.behind(seq))
            ++steps;
        QVERIFY2(steps > 1 && steps < 10, qPrintable(QString::number(steps)));
    }

    void ofAnEmptyLaneThereIsNone()
    {
        const LanePyramid none;
        const LaneMarks marks({&none}, 1);
        for (const Seq seq : {marks.first(), marks.last(), marks.before(Seq(5)), marks.behind(Seq(5)), marks.at(1e9)})
            QVERIFY(!seq.isValid());
    }

    void init()
    {
        m_data = {};
        m_frames = {};
        // A thousand: more than one block of buckets.
        for (std::uint64_t i = 0; i <= 1000; ++i)
            (i == 1 ? m_frames : m_data).add(std::int64_t(i) * Step, Seq(i + 1), Direction::In, 1, 1);
        m_data.settle();
        m_frames.settle();
    }

private:
    static constexpr std::int64_t Step = 4 * LanePyramid::width(0);
    LanePyramid m_data, m_frames;
};

PUSHSCOPE_TEST(LaneMarksTest)
#include "lanemarkstest.moc"
