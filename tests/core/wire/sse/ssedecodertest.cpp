#include "tests/core/wire/sse/ssereading.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace pushscope;
using namespace pushscope::test;

namespace {
QString factsOf(const std::vector<Bytes> &pieces)
{
    return QString::fromStdString(readSse(pieces).facts);
}
} // namespace

/// Bytes in, facts out as text; the vectors have a test of their own (ssevectorstest.cpp).
class SseDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void facts_data()
    {
        QTest::addColumn<std::string>("stream");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, std::string stream, const char *expected) {
            QTest::newRow(name) << std::move(stream) << QString::fromUtf8(expected);
        };
        row("nothing", "", "");
        row("an event", "data: x\n\n", "event 0-9 data=1\n");
        row("CR LF", "data: x\r\n\r\ndata: y\r\n\r\n", "event 0-11 data=1\nevent 11-22 data=1\n");
        row("CR", "data: x\r\rdata: y\r\r", "event 0-9 data=1\nevent 9-18 data=1\n");
        row("CR LF LF is two line ends", "data: x\r\n\ndata: y\r\n\r", "event 0-10 data=1\nevent 10-20 data=1\n");
        row("data lines are joined", "data:a\ndata\ndata: bc\n\n", "event 0-22 data=5\n");
        row("id and type", "id: 7\nevent: t\ndata\n\n", "event 0-21 id=7 data=0\n");
        row("a block without data", "id: 7\n\nevent: t\n\n", "block 0-7 id=7\nblock 7-17\n");
        row("an empty id", "id\ndata\n\n", "event 0-9 id= data=0\n");
        row("comments inside and outside", ": a\n\n: b\ndata: x\n:c\n\n",
            "comment 0-4\ncomment 5-9\ncomment 17-20\nevent 5-21 data=1\n");
        row("blank lines end nothing", "\n\r\n\rdata: x\n\n\n\n", "event 4-13 data=1\n");
        row("retry", "retry: 10\nretry:0020\n\n", "retry 0-10 ms=10\nretry 10-21 ms=20\n");
        row("retry beyond 64 bits", "retry: 18446744073709551616\nretry: 99999999999999999999999\n",
            "unknown 0-28 name=retry sse.retry-invalid@0\nunknown 28-59 name=retry sse.retry-invalid@28\n");
        row("the longest retry", "retry: 18446744073709551615\n", "retry 0-28 ms=18446744073709551615\n");
        row("retry that is none", "retry: 1x\nretry\nretry: \nretry:  1\n\n",
            "unknown 0-10 name=retry sse.retry-invalid@0\nunknown 10-16 name=retry sse.retry-invalid@10\n"
            "unknown 16-24 name=retry sse.retry-invalid@16\nunknown 24-34 name=retry sse.retry-invalid@24\n");
        row("unknown fields", "Data: x\ndatum\ndatas: y\ndat: z\ni: 1\n event: t\n\n",
            "unknown 0-8 name=Data sse.unknown-field@0\nunknown 8-14 name=datum sse.unknown-field@8\n"
            "unknown 14-23 name=datas sse.unknown-field@14\nunknown 23-30 name=dat sse.unknown-field@23\n"
            "unknown 30-35 name=i sse.unknown-field@30\nunknown 35-45 name= event sse.unknown-field@35\n");
        row("NUL in an id", std::string("id: 1\0\ndata\n\n", 13), "event 0-13 data=0 sse.nul-in-id@0\n");
        row("NUL in the only id", std::string("id: \0\n\n", 7), "block 0-7 sse.nul-in-id@0\n");
        row("byte order mark",
            "\xEF\xBB\xBF"
            "data: x\n\n",
            "event 0-12 data=1 sse.bom@0\n");
        row("byte order mark, comment", "\xEF\xBB\xBF:c\ndata\n\n", "comment 0-6 sse.bom@0\nevent 0-12 data=0\n");
        row("two byte order marks",
            "\xEF\xBB\xBF\xEF\xBB\xBF"
            "data\n\n",
            "unknown 0-11 name=\xEF\xBB\xBF"
            "data sse.bom@0 sse.unknown-field@0\n");
        row("two bytes of a mark", "\xEF\xBB", "incomplete 0-2 sse.incomplete-block@0\n");
        row("two bytes of a mark, a line", "\xEF\xBB\n",
            "unknown 0-3 name=\xEF\xBB sse.unknown-field@0 sse.invalid-utf8@1\n");
        row("UTF-8", "data: \xC3\xA9\xE2\x82\xAC\n\n", "event 0-13 data=5\n");
        row("a byte that is none",
            "data: a\xFF"
            "b\ndata: \xFF\n\n",
            "event 0-19 data=5 sse.invalid-utf8@7\n");
        row("a sequence that a line end cuts", "data: \xE2\x82\ndata: x\n\n", "event 0-18 data=4 sse.invalid-utf8@7\n");
        row("in a comment", "data: x\n: \xC0\n\n", "comment 8-12 sse.invalid-utf8@10\nevent 0-13 data=1\n");
        row("cut in a block", "data: x\n\nid: 8\ndata: y\n",
            "event 0-9 data=1\nincomplete 9-23 sse.incomplete-block@9\n");
        row("cut in a line", "data: x\n\ndat", "event 0-9 data=1\nincomplete 9-12 sse.incomplete-block@9\n");
        row("cut in a comment", ": a\n: b", "comment 0-4\nincomplete 0-7 sse.incomplete-block@0\n");
        row("nothing is cut behind a comment", ": a\nretry: 1\n", "comment 0-4\nretry 4-13 ms=1\n");
        row("retry whose line ended counts", "data: x\nretry: 1\n",
            "retry 8-17 ms=1\nincomplete 0-17 sse.incomplete-block@0\n");
        row("retry whose line did not", "retry: 1", "incomplete 0-8 sse.incomplete-block@0\n");
    }

    void facts()
    {
        QFETCH(std::string, stream);
        QFETCH(QString, expected);
        QCOMPARE(factsOf({stream}), expected);
        QCOMPARE(factsOf(inPieces(stream, 1)), expected);
        for (std::size_t cut = 0; cut <= stream.size(); ++cut)
            QCOMPARE(factsOf({stream.substr(0, cut), stream.substr(cut)}), expected);
    }

    /// The check looks ahead some lines; each flaw is still told where it stands, and no other line is blamed.
    void flawsInALongText()
    {
        Bytes stream;
        QString expected;
        for (int event = 0; event < 400; ++event) {
            const bool isFlawed = event % 9 == 5 || event % 50 == 6;
            const std::size_t letters = event == 200 ? 3000 : 40; // once more than it looks ahead
            const std::size_t begin = stream.size();
            stream += "data: ";
            for (std::size_t i = 0; i < letters; ++i)
                stream += isFlawed && i == letters / 2 ? "\xCE" : "\xCE\xB1";
            stream += "\n\n";
            const std::size_t data = 2 * letters - (isFlawed ? 1 : 0);
            expected += QStringLiteral("event %1-%2 data=%3").arg(begin).arg(stream.size()).arg(data);
            // The byte behind the lead that is left alone
            expected += isFlawed ? QStringLiteral(" sse.invalid-utf8@%1\n").arg(begin + 7 + letters) : u"\n"_qs;
        }
        QCOMPARE(factsOf({stream}), expected);
        QCOMPARE(factsOf(inPieces(stream, 1)), expected);
        QCOMPARE(factsOf(inPieces(stream, 1000)), expected);
    }

    void holdsNothingBack()
    {
        SseDecoder decoder;
        SseFact fact{};
        decoder.feed("data: x\r\n\r");
        QVERIFY(decoder.next(fact));
        QCOMPARE(fact.range, (ByteRange{0, 10}));
        QVERIFY(!decoder.next(fact));
        decoder.feed("\ndata: y\n\n");
        QVERIFY(decoder.next(fact));
        QCOMPARE(fact.range, (ByteRange{10, 20})); // with the late LF
        QVERIFY(!decoder.next(fact));
    }

    void aLateLfDelimitsNothing()
    {
        SseDecoder decoder;
        SseFact fact{};
        decoder.feed("data: x\r");
        QVERIFY(!decoder.next(fact));
        decoder.feed("");
        QVERIFY(!decoder.next(fact));
        decoder.feed("\n");
        QVERIFY(!decoder.next(fact));
        decoder.feed("\n");
        QVERIFY(decoder.next(fact));
        QCOMPARE(fact.range, (ByteRange{0, 10}));
    }

    void lastEventIdIsCommittedAtTheBlankLine()
    {
        SseDecoder decoder("stored");
        SseFact fact{};
        decoder.feed("data\n\nid: new\ndata\n");
        QVERIFY(decoder.next(fact));
        QVERIFY(!fact.idSet);
        QCOMPARE(decoder.lastEventId(), Bytes("stored"));
        QVERIFY(!decoder.next(fact));
        QCOMPARE(decoder.lastEventId(), Bytes("stored"));
        decoder.feed("\nid: cut\n");
        QVERIFY(decoder.next(fact));
        QVERIFY(fact.idSet);
        QCOMPARE(decoder.lastEventId(), Bytes("new"));
        decoder.finish();
        QVERIFY(decoder.next(fact));
        QCOMPARE(fact.kind, SseFact::Kind::Incomplete);
        QVERIFY(!decoder.next(fact));
        QCOMPARE(decoder.lastEventId(), Bytes("new"));
    }

    void idsAreBounded()
    {
        const Bytes longest(SseDecoder::idLimit, 'i');
        const Bytes stream = "id: " + longest + "\ndata\n\nid: " + longest + "i\ndata\n\n";
        for (const std::size_t size : {stream.size(), std::size_t(1000)}) {
            const SseReading reading = readSse(inPieces(stream, size));
            QCOMPARE(reading.lastEventId, longest);
            QVERIFY(reading.facts.ends_with("event 65547-131095 data=0 sse.line-too-long@65547=65536\n"));
        }
    }

    void whatIsTooLargeIsCut_data()
    {
        QTest::addColumn<std::string>("stream");
        QTest::addColumn<QString>("expected"); // with a limit of 10 bytes
        const auto row = [](const char *name, std::string stream, const char *expected) {
            QTest::newRow(name) << std::move(stream) << QString::fromUtf8(expected);
        };
        row("what fits", "data: four\n\n", "event 0-12 data=4\n");
        row("a byte more", "data: fours\n\ndata\n\n",
            "event 0-10 cut data=4 sse.event-too-large@10=10\nevent 13-19 data=0\n");
        row("CR LF", "data: fours\r\nevent: t\r\n\r\ndata\r\n\r\n",
            "event 0-10 cut data=4 sse.event-too-large@10=10\nevent 25-33 data=0\n");
        row("of many lines", "data:a\ndata:b\ndata:c\n\nid: 1\n\n",
            "event 0-10 cut data=1 sse.event-too-large@10=10\nblock 22-29 id=1\n");
        row("at a line's end", "data: four\ndata\n\ndata\n\n",
            "event 0-11 cut data=4 sse.event-too-large@11=10\nevent 17-23 data=0\n");
        row("with its id", "id: 7\ndata: x\n\ndata\n\n",
            "event 0-10 cut id=7 data=0 sse.event-too-large@10=10\nevent 15-21 data=0\n");
        row("half an id is none", "data\nid: 71\n\ndata\n\n",
            "event 0-5 cut data=0 sse.event-too-large@5=10\nevent 13-19 data=0\n");
        row("a comment", ": a very long one\ndata\n\n",
            "comment 0-10 cut sse.event-too-large@10=10\nevent 18-24 data=0\n");
        row("comments count for themselves", ": a\n: b\n: c\ndata\n\n",
            "comment 0-4\ncomment 4-8\ncomment 8-12\nevent 8-18 data=0\n");
        row("an unknown field", "x: a very long one\n\n", "unknown 0-10 cut name=x sse.event-too-large@10=10\n");
        row("a retry", "retry: 10000000\ndata\n\n",
            "unknown 0-10 cut name=retry sse.event-too-large@10=10\nevent 16-22 data=0\n");
        row("inside a sequence", "data:  \xE2\x82\xAC\xE2\x82\xAC\n\n",
            "event 0-10 cut data=4 sse.event-too-large@10=10\n");
        row("bytes that are no UTF-8", "data: \xFF is none\n\n",
            "event 0-10 cut data=4 sse.invalid-utf8@6 sse.event-too-large@10=10\n");
        row("the end of the stream", "data: fours\ndata", "event 0-10 cut data=4 sse.event-too-large@10=10\n");
        row("behind a CR that ended a block", "data\r\r\ndata: four\n\n", "event 0-7 data=0\nevent 7-19 data=4\n");
    }

    void whatIsTooLargeIsCut()
    {
        QFETCH(std::string, stream);
        QFETCH(QString, expected);
        const auto facts = [](const std::vector<Bytes> &pieces) {
            return QString::fromStdString(readSse(pieces, {}, 10).facts);
        };
        QCOMPARE(facts({stream}), expected);
        QCOMPARE(facts(inPieces(stream, 1)), expected);
        for (std::size_t cut = 0; cut <= stream.size(); ++cut)
            QCOMPARE(facts({stream.substr(0, cut), stream.substr(cut)}), expected);
    }

    void whatIsPassedOverIsNotPending()
    {
        SseDecoder decoder({}, 10);
        SseFact fact{};
        decoder.feed("data: much more");
        QVERIFY(decoder.next(fact) && fact.isCut);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!decoder.next(fact));
            QCOMPARE(decoder.pendingBytes(), std::uint64_t(0));
            QCOMPARE(decoder.oldestNeeded(), std::uint64_t(15 + 10 * i));
            decoder.feed("\nand more.");
        }
    }

    void pendingBytesAreThoseOfTheUnfinishedBlock()
    {
        SseDecoder decoder;
        SseFact fact{};
        decoder.feed(": told\n");
        QVERIFY(decoder.next(fact) && !decoder.next(fact));
        QCOMPARE(decoder.pendingBytes(), std::uint64_t(0));
        decoder.feed("data: x\nda");
        QVERIFY(!decoder.next(fact));
        QCOMPARE(decoder.pendingBytes(), std::uint64_t(17));
        QCOMPARE(decoder.oldestNeeded(), std::uint64_t(0));
        decoder.feed("ta\n\n");
        QVERIFY(decoder.next(fact) && !decoder.next(fact));
        QCOMPARE(decoder.pendingBytes(), std::uint64_t(0));
        QCOMPARE(decoder.oldestNeeded(), std::uint64_t(21));
    }

    /// Random streams of what a parser could trip over: the facts do not depend on the cuts, and blocks parse late to
    /// the same.
    void anyCutTellsTheSame()
    {
        const std::vector<Bytes> parts = {
            "data",   ":",  " ", "\n",       "\r",       "\r\n", "\n\n",         "id",           "event",
            "retry",  "12", "x", "\xC3\xA9", "\xE2\x82", "\xFF", Bytes(1, '\0'), "\xEF\xBB\xBF", "data: abc\n\n",
            "id: 5\n"};
        std::mt19937 random(1);
        for (int round = 0; round < 3000; ++round) {
            Bytes stream;
            for (auto left = random() % 30; left > 0; --left)
                stream += parts[random() % parts.size()];
            const SseReading whole = readSse({stream});
            QVERIFY2(whole.facts.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos, whole.facts.c_str());
            QVERIFY2(whole.facts.find("out of order") == std::string::npos, whole.facts.c_str());
            QCOMPARE(factsOf(inPieces(stream, 1)), QString::fromStdString(whole.facts));
            QCOMPARE(factsOf(inPieces(stream, 1 + random() % 7)), QString::fromStdString(whole.facts));
            const std::uint64_t limit = 1 + random() % 20;
            const std::string cut = readSse({stream}, {}, limit).facts;
            QVERIFY2(cut.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos, cut.c_str());
            QCOMPARE(readSse(inPieces(stream, 1), {}, limit).facts, cut);
            QCOMPARE(readSse(inPieces(stream, 1 + random() % 7), {}, limit).facts, cut);
        }
    }
};

PUSHSCOPE_TEST(SseDecoderTest)
#include "ssedecodertest.moc"
