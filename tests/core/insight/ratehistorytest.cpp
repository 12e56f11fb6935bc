#include "core/insight/ratehistory.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <numeric>

using namespace pushscope;

class RateHistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsInBuckets()
    {
        RateHistory rate;
        rate.begin(1000);
        rate.add(500);
        rate.add(1000);
        rate.add(1000 + RateHistory::FirstWidth * 2, 3);
        QCOMPARE(rate.counts(), (std::vector<std::uint32_t>{2, 0, 3}));
    }

    void widensWhenItIsFull()
    {
        RateHistory rate;
        rate.begin(0);
        for (std::int64_t i = 0; i < 1000; ++i)
            rate.add(i * RateHistory::FirstWidth);
        QCOMPARE(rate.width(), RateHistory::FirstWidth * 4);
        QCOMPARE(rate.counts().size(), std::size_t(250));
        QVERIFY(std::all_of(rate.counts().begin(), rate.counts().end(), [](std::uint32_t n) { return n == 4; }));
        rate.add(std::int64_t(1) << 62);
        QVERIFY(rate.counts().size() <= RateHistory::Limit);
        QCOMPARE(std::accumulate(rate.counts().begin(), rate.counts().end(), 0u), 1001u);
    }
};

PUSHSCOPE_TEST(RateHistoryTest)
#include "ratehistorytest.moc"
