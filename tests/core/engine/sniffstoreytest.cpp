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
        QCOMPARE(storey.feed("data: x\n"), SseSniff::Undecided);
        QCOMPARE(storey.feed("\ndata: y"), SseSniff::EventStream);
        QCOMPARE(storey.takeBeginning(), Bytes("data: x\n\ndata: y"));
    }
};

PUSHSCOPE_TEST(SniffStoreyTest)
#include "sniffstoreytest.moc"
