#include "core/engine/sniffstorey.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class SniffStoreyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsTheBeginning()
    {
        SniffStorey storey;
        QVERIFY(!storey.isUndecided());
        storey.endPiece();
        QCOMPARE(storey.feed("data: x\n", Stamp{7}), SseSniff::Undecided);
        storey.endPiece();
        QVERIFY(storey.isUndecided());
        QCOMPARE(storey.feed("\ndata: y", Stamp{9}), SseSniff::EventStream);
        QVERIFY(!storey.isUndecided());
        QCOMPARE(storey.beginning(), ByteView("data: x\n\ndata: y"));
        QCOMPARE(storey.pieces().size(), 2u);
        QCOMPARE(storey.pieces()[0].size, 8u);
        QCOMPARE(storey.pieces()[0].at.nanoseconds, 7);
        QVERIFY(storey.pieces()[0].isWhole);
        QCOMPARE(storey.pieces()[1].at.nanoseconds, 9);
        QVERIFY(!storey.pieces()[1].isWhole);
    }
};

PUSHSCOPE_TEST(SniffStoreyTest)
#include "sniffstoreytest.moc"
