#include "core/wire/stream/parthead.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class PartHeadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsFields()
    {
        const PartHead head = readPartHead("Content-Type: image/png\r\nX-A:1\r\n\r\n\x89PNG\r\n");
        QCOMPARE(head.headers, (Headers{{"Content-Type", "image/png"}, {"X-A", "1"}}));
        QCOMPARE(head.contentBegin, 34u);
        QVERIFY(!head.badLine);
    }

    void unfoldsLines() { QCOMPARE(readPartHead("A: 1\n  2\n\t3\n\nx").headers, (Headers{{"A", "1 2 3"}})); }

    void leavesOutWhatIsNoField()
    {
        const PartHead head = readPartHead("A: 1\nno field\n: x\nB: 2\n\n");
        QCOMPARE(head.headers, (Headers{{"A", "1"}, {"B", "2"}}));
        QCOMPARE(head.badLine, (ByteRange{5, 14}));
        QCOMPARE(readPartHead(" folded behind nothing\n\n").badLine, (ByteRange{0, 23}));
    }

    void endsWithTheBytes()
    {
        QCOMPARE(readPartHead("").contentBegin, 0u);
        QCOMPARE(readPartHead("A: 1").contentBegin, 4u);
        QCOMPARE(readPartHead("\nx").contentBegin, 1u);
        QCOMPARE(readPartHead("\r\nx").contentBegin, 2u);
    }

    void readsALength()
    {
        QCOMPARE(contentLengthOf(readPartHead("content-length: 12\n\n")), std::uint64_t(12));
        for (const char *value : {"", "-1", "1x", "1 2", "99999999999999999999", "9223372036854775807"})
            QVERIFY(!contentLengthOf(readPartHead("Content-Length: " + Bytes(value) + "\n\n")));
        QVERIFY(!contentLengthOf(readPartHead("\n")));
    }
};

PUSHSCOPE_TEST(PartHeadTest)
#include "partheadtest.moc"
