#include "ui/models/seqlist.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class SeqListTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatIsAppendedAcrossBlocks()
    {
        SeqList list;
        for (std::uint64_t i = 0; i < 50'000; ++i)
            list.append(Seq(i * 3 + 1));
        QCOMPARE(list.size(), std::uint64_t(50'000));
        for (const std::uint64_t i : {0u, 16'383u, 16'384u, 49'999u})
            QCOMPARE(list.at(i).value, i * 3 + 1);
    }

    void findsTheFirstThatIsNotBelow()
    {
        SeqList list;
        for (const std::uint64_t value : {2u, 5u, 9u})
            list.append(Seq(value));
        QCOMPARE(list.lowerBound(Seq(1)), std::uint64_t(0));
        QCOMPARE(list.lowerBound(Seq(5)), std::uint64_t(1));
        QCOMPARE(list.lowerBound(Seq(6)), std::uint64_t(2));
        QCOMPARE(list.lowerBound(Seq(10)), std::uint64_t(3));
    }
};

PUSHSCOPE_TEST(SeqListTest)
#include "seqlisttest.moc"
