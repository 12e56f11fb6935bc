#include "core/insight/loghistogram.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class LogHistogramTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyNumberHasItsBucket()
    {
        for (std::size_t index = 0; index + 4 < LogHistogram::Buckets; ++index) {
            const std::uint64_t first = LogHistogram::begin(index);
            QCOMPARE(LogHistogram::indexOf(first), index);
            QVERIFY(LogHistogram::begin(index + 1) > first);
            QCOMPARE(LogHistogram::indexOf(LogHistogram::begin(index + 1) - 1), index);
        }
        QVERIFY(LogHistogram::indexOf(~0ull) < LogHistogram::Buckets);
    }

    void percentiles()
    {
        LogHistogram histogram;
        QCOMPARE(histogram.percentile(0.5), 0u);
        for (std::uint64_t i = 1; i <= 1000; ++i)
            histogram.count(i * 1000, Seq(i));
        QCOMPARE(histogram.total(), 1000u);
        QCOMPARE(histogram.smallest(), 1000u);
        QCOMPARE(histogram.largest(), 1'000'000u);
        const auto isNear = [&](double share, double wanted) {
            const auto found = static_cast<double>(histogram.percentile(share));
            return found <= wanted * 1.01 && found > wanted * 0.79;
        };
        QVERIFY(isNear(0.5, 500'000));
        QVERIFY(isNear(0.9, 900'000));
        QVERIFY(isNear(0.99, 990'000));
        QVERIFY(isNear(1, 1'000'000));
        QCOMPARE(histogram.percentile(0), 1000u);
    }

    /// Of a thousand that are all about the same a half is not below the smallest.
    void percentilesInsideABucket()
    {
        LogHistogram histogram;
        for (std::uint64_t i = 0; i < 1000; ++i)
            histogram.count(1'000'000 + i, Seq(1));
        QVERIFY(histogram.percentile(0.5) >= 1'000'490 && histogram.percentile(0.5) <= 1'000'510);
        QVERIFY(histogram.percentile(0.99) > histogram.percentile(0.9));
        QCOMPARE(histogram.percentile(1), 1'000'999u);
    }

    void remembersTheLatest()
    {
        LogHistogram histogram;
        histogram.count(3, Seq(7));
        histogram.count(3, Seq(9));
        QCOMPARE(histogram.bucket(3).latest, Seq(9));
        QCOMPARE(histogram.bucket(3).count, 2u);
        QVERIFY(!histogram.bucket(4).latest.isValid());
    }
};

PUSHSCOPE_TEST(LogHistogramTest)
#include "loghistogramtest.moc"
