#include "core/wire/stream/jsonsequencesplitter.h"

#include "tests/core/wire/stream/splitting.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

#define RS "\x1E"

class JsonSequenceSplitterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void units_data()
    {
        const auto row = splittingTable();
        row("nothing", "", "");
        row("texts", RS "{\"a\":1}\n" RS "[2]\n", "line {\"a\":1}\\n\nline [2]\\n\n");
        row("scalars", RS "1\n" RS "true\n" RS "\"x\"\n", "line 1\\n\nline true\\n\nline \"x\"\\n\n");
        row("whitespace inside", RS "[\n[\n1]]\n", "line [\\n[\\n1]]\\n\n");
        row("strings hide brackets", RS "[\"}]\\\"]\"]\n", "line [\"}]\\\"]\"]\\n\n");
        row("an escaped backslash", RS "[\"\\\\\"]\n" RS "1\n", "line [\"\\\\\"]\\n\nline 1\\n\n");
        row("several RS are one", RS RS RS "1\n", "line 1\\n\n");
        row("whitespace around", RS "\n  1 \n\n \n" RS "2\n", "line 1 \\n\nline 2\\n\n");
        row("no RS", "1\n" RS "2\n", "line 1\\n jsonseq.no-separator@0\nline 2\\n\n");
        row("two texts behind one RS", RS "{}\n{}\n", "line {}\\n\nline {}\\n jsonseq.no-separator@4\n");
        row("cut by an RS", RS "{\"a\":" RS "{}\n", "line {\"a\": cut jsonseq.cut@6\nline {}\\n\n");
        row("in a string", RS "[\"a\n" RS "{}\n", "line [\"a\\n cut jsonseq.cut@5\nline {}\\n\n");
        row("a number may be", RS "12" RS "{}\n", "line 12 cut jsonseq.cut@3\nline {}\\n\n");
        row("an object is whole", RS "{}" RS "{}", "line {}\nline {}\n");
        row("cut by the end", RS "{}\n" RS "tru", "line {}\\n\nline tru cut jsonseq.cut@8\n");
        row("brackets that close nothing", RS "]]\n" RS "1\n", "line ]]\\n\nline 1\\n\n");
        row("too long", RS "\"123456789abcdef\"\n" RS "1\n",
            "line \"123456789 cut session.line-kept-in-part@11\nline 1\\n\n");
        row("too long without an end", RS "123456789abcdef", "line 123456789a cut session.line-kept-in-part@11\n");
    }

    void units()
    {
        QFETCH(std::string, stream);
        QFETCH(std::string, expected);
        for (const auto &pieces : waysToCut(stream))
            QCOMPARE(split(JsonSequenceSplitter(10), pieces).units, expected);
    }

    void flagsATextThatTheEndCut()
    {
        QCOMPARE(split(JsonSequenceSplitter(99), {RS "{}"}, true).units, std::string("line {} cut\n"));
    }

    void holdsNothingBack()
    {
        const Splitting splitting = split(JsonSequenceSplitter(99), {RS "{}", "\n", RS "1\n" RS});
        QCOMPARE(splitting.unitsAfterPiece, (std::vector<std::size_t>{0, 1, 2}));
    }

    void saysWhetherItMayEnd()
    {
        JsonSequenceSplitter splitter(99);
        StreamUnit unit;
        QVERIFY(splitter.mayEndHere());
        splitter.feed(RS "{");
        QVERIFY(!splitter.next(unit));
        QVERIFY(!splitter.mayEndHere());
        QCOMPARE(splitter.pendingBytes(), 1u);
        splitter.feed("}");
        QVERIFY(!splitter.next(unit));
        QVERIFY(splitter.mayEndHere());
    }
};

PUSHSCOPE_TEST(JsonSequenceSplitterTest)
#include "jsonsequencesplittertest.moc"
