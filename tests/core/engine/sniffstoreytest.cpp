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
        QCOMPARE(storey.feed("data: x\n"), SseSniff::Undecided);
        QVERIFY(storey.isUndecided());
        QCOMPARE(storey.feed("\ndata: y"), SseSniff::EventStream);
        QVERIFY(!storey.isUndecided());
        QCOMPARE(storey.takeBeginning(), Bytes("data: x\n\ndata: y"));
    }
};

PUSHSCOPE_TEST(SniffStoreyTest)
#include "sniffstoreytest.moc"
