#include "core/wire/stream/linesplitter.h"

#include "tests/core/wire/stream/splitting.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class LineSplitterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void units_data()
    {
        const auto row = splittingTable();
        row("nothing", "", "");
        row("lines", "[1,2]\r\n\n[]\n", "line [1,2]\\r\\n\nline \\n\nline []\\n\n");
        row("a CR ends none", "a\rb\n", "line a\\rb\\n\n");
        row("the last without its ending", "a\nb", "line a\\n\nline b\n");
        row("as long as the limit", "1234567\nx\n", "line 1234567\\n\nline x\\n\n");
        row("longer", "12345678\nx\n", "line 12345678 cut session.line-kept-in-part@8\nline x\\n\n");
        row("much longer", "123456789abcdefghijkl\nx", "line 12345678 cut session.line-kept-in-part@8\nline x\n");
        row("and never ended", "123456789abc", "line 12345678 cut session.line-kept-in-part@8\n");
    }

    void units()
    {
        QFETCH(std::string, stream);
        QFETCH(std::string, expected);
        for (const auto &pieces : waysToCut(stream))
            QCOMPARE(split(LineSplitter(8), pieces).units, expected);
    }

    void flagsALineThatTheEndCut()
    {
        QCOMPARE(split(LineSplitter(8), {"a\nb"}, true).units,
                 std::string("line a\\n\nline b cut session.line-cut@3\n"));
        QCOMPARE(split(LineSplitter(8), {"a\n"}, true).units, std::string("line a\\n\n"));
    }

    void holdsNothingBack()
    {
        const Splitting splitting = split(LineSplitter(8), {"a", "\nb\nc", "\n"});
        QCOMPARE(splitting.unitsAfterPiece, (std::vector<std::size_t>{0, 2, 3}));
    }
};

PUSHSCOPE_TEST(LineSplitterTest)
#include "linesplittertest.moc"
