#include "core/engine/streamstorey.h"

#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class StreamStoreyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void splitsLines();
    void keepsALastLineWithoutItsEnding();
    void showsTheSendersUnits();
    void leavesTheRestBehindItsLimit();
    void keepsTheBeginningOfALineThatIsTooLong();
    void recordsPartsAndWhatStandsOutside();
    void saysWhetherItMayEnd();
    void keepsABody();
    void keepsABodyInPart();
    void recordsNoEmptyBody();
};

namespace {

template <class Storey>
void feed(Recording &recording, Storey &storey, Trail &body, ByteView bytes)
{
    const Plaintext piece = recording.transfer(bytes);
    body.append(piece.logOffset, piece.bytes.size(), piece.carrier);
    storey.feed(piece.bytes);
}

} // namespace

void StreamStoreyTest::splitsLines()
{
    Recording recording;
    Trail body;
    EventCount count;
    StreamStorey storey(recording.recorder, body, LineSplitter(1000), count);
    feed(recording, storey, body, "{\"a\":1}\r\n\n{");
    QCOMPARE(storey.pendingBytes(), 1u);
    feed(recording, storey, body, "}");
    feed(recording, storey, body, "\n");
    storey.finish(false);
    QCOMPARE(
        recording.text(),
        std::string(
            "2 stream.line \"{\"a\":1}\\r\\n\" by 1\n3 stream.line \"\\n\" by 1\n6 stream.line \"{}\\n\" by 1..5\n"));
}

void StreamStoreyTest::keepsALastLineWithoutItsEnding()
{
    for (const bool cut : {false, true}) {
        Recording recording;
        Trail body;
        EventCount count;
        StreamStorey storey(recording.recorder, body, LineSplitter(1000), count);
        feed(recording, storey, body, "a\nb");
        storey.finish(cut);
        const std::string end = cut ? " cut\n4 finding session.line-cut of 3 at 1+0 0\n" : "\n";
        QCOMPARE(recording.text(), "2 stream.line \"a\\n\" by 1\n3 stream.line \"b\" by 1" + end);
    }
}

void StreamStoreyTest::showsTheSendersUnits()
{
    Recording recording;
    Trail body;
    EventCount count;
    StreamStorey storey(recording.recorder, body, PieceSplitter(), count);
    feed(recording, storey, body, "a\nb");
    feed(recording, storey, body, "c");
    storey.endPiece();
    QCOMPARE(storey.pendingBytes(), 0u);
    feed(recording, storey, body, "d");
    QCOMPARE(storey.pendingBytes(), 1u);
    storey.finish(true);
    QCOMPARE(storey.pendingBytes(), 0u);
    QCOMPARE(recording.text(), std::string("3 stream.chunk \"a\\nbc\" by 1..2\n5 stream.chunk \"d\" by 4 cut\n"));
}

void StreamStoreyTest::leavesTheRestBehindItsLimit()
{
    Recording recording;
    Trail body;
    EventCount count{0, 2};
    StreamStorey storey(recording.recorder, body, LineSplitter(1000), count);
    feed(recording, storey, body, "a\nb\nc\nd");
    feed(recording, storey, body, "e\n");
    storey.finish(false);
    QCOMPARE(recording.text().find("\"c"), std::string::npos);
    QVERIFY(count.isLimitReached());
    QCOMPARE(count.seen, std::uint64_t(2));
}

void StreamStoreyTest::keepsTheBeginningOfALineThatIsTooLong()
{
    for (const bool whole : {true, false}) {
        Recording recording;
        Trail body;
        EventCount count;
        StreamStorey storey(recording.recorder, body, LineSplitter(4), count);
        if (whole) {
            feed(recording, storey, body, "abcd\nabc\nx");
        } else {
            feed(recording, storey, body, "abcd");
            feed(recording, storey, body, "\nabc\nx");
        }
        storey.finish(false);
        const std::string first =
            whole ? "2 stream.line \"abcd\" by 1 cut\n3 finding session.line-kept-in-part of 2 at 4+0 4\n"
                  : "3 stream.line \"abcd\" by 1 cut\n4 finding session.line-kept-in-part of 3 at 4+0 4\n";
        QVERIFY2(recording.text().starts_with(first), recording.text().c_str());
        QCOMPARE(count.seen, std::uint64_t(3));
        QCOMPARE(storey.pendingBytes(), 0u);
    }
}

void StreamStoreyTest::recordsPartsAndWhatStandsOutside()
{
    Recording recording;
    Trail body;
    EventCount count;
    StreamStorey storey(recording.recorder, body, MultipartSplitter("b", 1000), count);
    feed(recording, storey, body, "hello\r\n--b\r\nA: 1\r\n\r\none\r\n-");
    feed(recording, storey, body, "-b\r\n\r\ntw");
    QCOMPARE(storey.pendingBytes(), std::uint64_t(4));
    storey.finish(true);
    QCOMPARE(recording.text(),
             std::string("2 stream.chunk \"hello\\r\\n\" by 1\n"
                         "4 stream.part \"A: 1\\r\\n\\r\\none\" by 1\n"
                         "5 stream.part \"\\r\\ntw\" by 3 cut\n6 finding multipart.cut of 5 at 4+0 0\n"));
    QCOMPARE(count.seen, std::uint64_t(3));
}

void StreamStoreyTest::saysWhetherItMayEnd()
{
    Recording recording;
    Trail body;
    EventCount count;
    StreamStorey lines(recording.recorder, body, LineSplitter(1000), count);
    feed(recording, lines, body, "a");
    QVERIFY(lines.mayEndHere());
    Trail other;
    StreamStorey parts(recording.recorder, other, MultipartSplitter("b", 1000), count);
    feed(recording, parts, other, "--b\r\n\r\na");
    QVERIFY(!parts.mayEndHere());
}

void StreamStoreyTest::keepsABody()
{
    Recording recording;
    Trail body;
    BodyStorey storey(recording.recorder, body, Direction::In, 100);
    feed(recording, storey, body, "<ht");
    feed(recording, storey, body, "ml>");
    QVERIFY(!storey.isLimitReached());
    storey.finish();
    QCOMPARE(recording.text(), std::string("3 http.body \"<html>\"\n"));
}

void StreamStoreyTest::keepsABodyInPart()
{
    Recording recording;
    Trail body;
    BodyStorey storey(recording.recorder, body, Direction::In, 4);
    feed(recording, storey, body, "<ht");
    feed(recording, storey, body, "ml>");
    QVERIFY(storey.isLimitReached());
    storey.finish();
    QCOMPARE(recording.text(),
             std::string("3 http.body \"<htm\" cut\n4 finding session.body-kept-in-part of 3 at 4+0 4\n"));
}

void StreamStoreyTest::recordsNoEmptyBody()
{
    Recording recording;
    Trail body;
    BodyStorey storey(recording.recorder, body, Direction::Out, 4);
    storey.finish();
    QCOMPARE(recording.text(), std::string());
}

PUSHSCOPE_TEST(StreamStoreyTest)
#include "streamstoreytest.moc"
