#include "core/wire/stream/multipartsplitter.h"

#include "tests/core/wire/stream/splitting.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {
constexpr std::uint64_t Limit = 40;
}

class MultipartSplitterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void units_data()
    {
        const auto row = splittingTable();
        row("nothing", "", "");
        row("parts", "--b\r\nA: 1\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n",
            "part A: 1\\r\\n\\r\\none\npart \\r\\ntwo\n");
        row("LF alone", "--b\nA: 1\n\none\n--b\n\ntwo\n--b--", "part A: 1\\n\\none\npart \\ntwo\n");
        row("a line ending before the first", "\r\n--b\r\n\r\none\r\n--b--\r\n", "part \\r\\none\n");
        row("lines and hyphens inside", "--b\r\n\r\n-\r\n--\n--a\r\n\r\n--b\r\n\r\n--b--",
            "part \\r\\n-\\r\\n--\\n--a\\r\\n\npart \\r\\n\n");
        row("an empty content", "--b\r\nA: 1\r\n\r\n\r\n--b--", "part A: 1\\r\\n\\r\\n\n");
        row("a head alone", "--b\r\nA: 1\r\n--b--", "part A: 1\\r\\n\n");
        row("nothing between delimiters", "--b\r\n--b\r\n\r\nx\r\n--b--", "part \\r\\nx\n");
        row("padding behind a delimiter", "--b \t\r\n\r\nx\r\n--b--  \r\n", "part \\r\\nx\n");
        row("a CR that ends no line", "--b\r\n\r\nx\r\r\n--b--", "part \\r\\nx\\r\n");
        row("a line that is no field", "--b\r\nbad\r\n\r\nx\r\n--b--", "part bad\\r\\n\\r\\nx multipart.bad-head@5\n");
        row("by its length", "--b\r\nContent-Length: 3\r\n\r\none\r\n--b--", "part Content-Length: 3\\r\\n\\r\\none\n");
        row("a length of nothing", "--b\r\nContent-Length:0\r\n\r\n\r\n--b--", "part Content-Length:0\\r\\n\\r\\n\n");
        row("a length with the line ending", "--b\r\nContent-Length: 5\r\n\r\none\r\n--b--",
            "part Content-Length: 5\\r\\n\\r\\none\\r\\n\n");
        row("a delimiter at once", "--b\r\nContent-Length: 3\r\n\r\none--b\r\n\r\nx\r\n--b--",
            "part Content-Length: 3\\r\\n\\r\\none\npart \\r\\nx\n");
        row("a length that is too large", "--b\r\nContent-Length: 8\r\n\r\none\r\n--b\r\n\r\nx\r\n--b--",
            "part Content-Length: 8\\r\\n\\r\\none multipart.length@29\npart \\r\\nx\n");
        row("a length inside a line that is no delimiter", "--b\r\nContent-Length: 4\r\n\r\na\n--a\r\n--b--",
            "part Content-Length: 4\\r\\n\\r\\na\\n--\nchunk a\\r\\n multipart.length@30\n");
        row("a length that is none", "--b\r\nContent-Length: x\r\n\r\none\r\n--b--",
            "part Content-Length: x\\r\\n\\r\\none\n");
        row("cut in the content", "--b\r\n\r\none\r\n--", "part \\r\\none\\r\\n-- cut multipart.cut@14\n");
        row("cut in the head", "--b\r\nA: 1", "part A: 1 cut multipart.cut@9\n");
        row("cut in a delimiter's line", "--b\r\n\r\none\r\n--b", "part \\r\\none\n");
        row("too long", "--b\r\n\r\n" + std::string(50, 'x') + "\r\n--b\r\n\r\ny\r\n--b--",
            "part \\r\\n" + std::string(38, 'x') + " cut session.line-kept-in-part@45\npart \\r\\ny\n");
        row("too long, with a length", "--b\nContent-Length: 50\n\n" + std::string(50, 'x') + "\r\n--b\n\ny\n--b--",
            "part Content-Length: 50\\n\\n" + std::string(20, 'x') + " cut session.line-kept-in-part@44\npart \\ny\n");
    }

    void units()
    {
        QFETCH(std::string, stream);
        QFETCH(std::string, expected);
        for (const auto &pieces : waysToCut(stream)) {
            if (QByteArray(QTest::currentDataTag()).startsWith("a length inside") && pieces.size() != 1)
                continue; // what stands outside is told as it arrives
            QCOMPARE(split(MultipartSplitter("b", Limit), pieces).units, expected);
        }
    }

    void tellsWhatStandsOutsideAsItArrives()
    {
        const Splitting splitting = split(MultipartSplitter("b", Limit),
                                          {"pre", "amble\r\n-", "-b\r\n\r\nx\r\n--b--\r\nepi", "logue\r\n--b\r\n"});
        QCOMPARE(splitting.units, std::string("chunk pre\nchunk amble\\r\\n\npart \\r\\nx\nchunk \\r\\nepi\n"
                                              "chunk logue\\r\\n--b\\r\\n\n"));
        QCOMPARE(splitting.unitsAfterPiece, (std::vector<std::size_t>{1, 2, 4, 5}));
        QCOMPARE(split(MultipartSplitter("b", Limit), {"pre\r\n-"}).units, std::string("chunk pre\\r\\n\nchunk -\n"));
    }

    void tellsAPartAsSoonAsItsEndIsKnown()
    {
        const Splitting byDelimiter = split(MultipartSplitter("b", Limit), {"--b\r\n\r\nx\r\n--", "b"});
        QCOMPARE(byDelimiter.unitsAfterPiece, (std::vector<std::size_t>{0, 1}));
        const Splitting byLength = split(MultipartSplitter("b", Limit), {"--b\nContent-Length: 2\n\nx", "y"});
        QCOMPARE(byLength.unitsAfterPiece, (std::vector<std::size_t>{0, 1}));
    }

    void readsABoundaryThatNamesItsHyphens()
    {
        for (const Bytes hyphens : {"--", "----"}) {
            const Bytes stream = hyphens + "b\r\n\r\nx\r\n" + hyphens + "b\r\n\r\n--c\r\n" + hyphens + "b--\r\n";
            for (const auto &pieces : waysToCut(stream))
                QCOMPARE(split(MultipartSplitter("--b", Limit), pieces).units,
                         std::string("part \\r\\nx\npart \\r\\n--c\n"));
        }
        QCOMPARE(split(MultipartSplitter("-", Limit), {"---\r\n\r\nx\r\n-----\r\n"}).units,
                 std::string("part \\r\\nx\n"));
    }

    void boundsAHead()
    {
        const Bytes head = "A: " + Bytes(MultipartSplitter::HeadLimit, 'a');
        const std::string units =
            split(MultipartSplitter("b", 1 << 20), {"--b\r\n" + head + "\r\n\r\nx\r\n--b--"}).units;
        QVERIFY(units.ends_with("\\r\\n\\r\\nx multipart.bad-head@5\n"));
    }

    void knowsABoundary()
    {
        QVERIFY(MultipartSplitter::isBoundary("gc0pJq0M:08jU534c0p"));
        QVERIFY(MultipartSplitter::isBoundary(Bytes(70, 'x')));
        for (const Bytes &text : {Bytes(), Bytes(71, 'x'), Bytes("x "), Bytes("\t"), Bytes("\xC3\xA9")})
            QVERIFY(!MultipartSplitter::isBoundary(text));
    }
};

PUSHSCOPE_TEST(MultipartSplitterTest)
#include "multipartsplittertest.moc"
