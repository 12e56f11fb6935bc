#include "ui/timeline/lanepyramid.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace pushscope;

class LanePyramidTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyLevelCountsTheSame()
    {
        LanePyramid pyramid;
        std::mt19937 random(7);
        std::int64_t time = 0;
        std::uint64_t in = 0;
        std::uint64_t out = 0;
        for (std::uint64_t i = 1; i <= 20'000; ++i) {
            time += std::int64_t(random() % 5'000'000);
            const bool sent = random() % 4 == 0;
            (sent ? out : in) += 1;
            pyramid.add(time, Seq(i), sent ? Direction::Out : Direction::In, std::uint32_t(i), 0);
            if (random() % 100 == 0)
                pyramid.settle(); // in the middle of a stretch, too
        }
        pyramid.settle();
        for (std::size_t level = 0; level < LanePyramid::Levels; ++level) {
            std::uint64_t foundIn = 0;
            std::uint64_t foundOut = 0;
            std::int64_t last = -1;
            pyramid.visit(level, 0, time, [&](const LaneBucket &bucket) {
                QVERIFY(std::int64_t(bucket.index) > last);
                last = bucket.index;
                foundIn += bucket.in;
                foundOut += bucket.out;
            });
            QCOMPARE(foundIn, in);
            QCOMPARE(foundOut, out);
        }
        QCOMPARE(pyramid.level(LanePyramid::Levels - 1).size(), std::size_t(1));
        QCOMPARE(pyramid.level(LanePyramid::Levels - 1).front().first, std::uint64_t(1));
    }

    void keepsItsOrderWhereATimeGoesBack()
    {
        LanePyramid pyramid;
        pyramid.add(5'000'000, Seq(1), Direction::In, 1, 0);
        pyramid.add(2'000'000, Seq(2), Direction::In, 1, 0);
        QCOMPARE(pyramid.level(0).size(), 1u);
        QCOMPARE(pyramid.level(0).front().in, 2u);
    }

    void visitsOnlyWhatIsAskedFor()
    {
        LanePyramid pyramid;
        for (int i = 0; i < 100; ++i)
            pyramid.add(i * LanePyramid::width(0), Seq(std::uint64_t(i + 1)), Direction::In, 1, 0);
        pyramid.settle();
        std::vector<std::uint64_t> firsts;
        pyramid.visit(0, 10 * LanePyramid::width(0), 12 * LanePyramid::width(0),
                      [&](const LaneBucket &bucket) { firsts.push_back(bucket.first); });
        QCOMPARE(firsts, (std::vector<std::uint64_t>{11, 12, 13}));
    }

    void theLevelFitsTheZoom()
    {
        QCOMPARE(LanePyramid::levelFor(1), std::size_t(0));
        QCOMPARE(LanePyramid::levelFor(double(LanePyramid::width(3)) * 1.5), std::size_t(3));
        QCOMPARE(LanePyramid::levelFor(1e30), LanePyramid::Levels - 1);
    }
};

PUSHSCOPE_TEST(LanePyramidTest)
#include "lanepyramidtest.moc"
