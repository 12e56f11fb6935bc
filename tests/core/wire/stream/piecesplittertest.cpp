#include "core/wire/stream/piecesplitter.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <vector>

using namespace pushscope;

class PieceSplitterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { splitter = {}; }

    void endsAUnitWhereItsSenderDid()
    {
        feed("ab");
        QCOMPARE(units(), Units());
        QCOMPARE(splitter.pendingBytes(), 2u);
        feed("c");
        splitter.endPiece();
        QCOMPARE(units(), Units({3}));
        splitter.endPiece();
        QCOMPARE(units(), Units()); // nothing came: no unit
        feed("d");
        splitter.endPiece();
        QCOMPARE(units(), Units({4}));
        QCOMPARE(splitter.oldestNeeded(), 4u);
    }

    void handsOutALongUnitInParts()
    {
        const Bytes most(PieceSplitter::Limit - 1, 'x');
        feed(most);
        QCOMPARE(units(), Units());
        feed("yz");
        QCOMPARE(units(), Units({PieceSplitter::Limit + 1}));
        feed("!");
        splitter.endPiece();
        QCOMPARE(units(), Units({PieceSplitter::Limit + 2}));
    }

    void marksWhatTheEndCut()
    {
        for (const bool cut : {false, true}) {
            splitter = PieceSplitter();
            feed("ab");
            splitter.finish(cut);
            StreamUnit unit;
            QVERIFY(splitter.next(unit));
            QCOMPARE(unit.isCut, cut);
            QVERIFY(!splitter.next(unit));
        }
    }

private:
    /// Where each unit ends.
    using Units = std::vector<std::uint64_t>;

    void feed(ByteView bytes) { splitter.feed(bytes); }
    Units units()
    {
        Units found;
        StreamUnit unit;
        while (splitter.next(unit))
            found.push_back(unit.range.end);
        return found;
    }

    PieceSplitter splitter;
};

PUSHSCOPE_TEST(PieceSplitterTest)
#include "piecesplittertest.moc"
