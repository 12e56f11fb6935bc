#include "core/insight/assembler.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {

constexpr std::int64_t Millisecond = 1'000'000;

} // namespace

class AssemblerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measuresFromTheRequestOn()
    {
        Assembler texts;
        say(texts, 1, 120, "", 20);
        say(texts, 2, 250, "a", 20);
        say(texts, 3, 300, "b");
        say(texts, 4, 900, "");
        say(texts, 5, 1000, "c");
        const AssembledResponse &response = texts.responses().at(0);
        QCOMPARE(response.requestAt, std::optional<std::int64_t>(20 * Millisecond));
        QCOMPARE(response.firstEventAt, 120 * Millisecond);
        QCOMPARE(response.firstTokenAt, std::optional<std::int64_t>(250 * Millisecond));
        QCOMPARE(response.lastTokenAt, 1000 * Millisecond);
        QCOMPARE(response.longestPause, 700 * Millisecond);
        QCOMPARE(response.longestPauseEnd, Seq(5));
        QCOMPARE(response.events, std::uint64_t(5));
        QCOMPARE(response.deltas, std::uint64_t(3));
        QCOMPARE(response.rate.begin(), 20 * Millisecond);
        QVERIFY(!response.areTimesLumped());
    }

    /// Ten events in two reads: what lies between them was not measured.
    void seesThatManyEventsCameInOneRead()
    {
        Assembler texts;
        for (std::uint64_t i = 1; i <= 10; ++i)
            say(texts, i, i <= 6 ? 100 : 200, "x");
        const AssembledResponse &response = texts.responses().at(0);
        QCOMPARE(response.reads, std::uint64_t(2));
        QCOMPARE(response.mostInRead, std::uint64_t(6));
        QVERIFY(response.areTimesLumped());
    }

    void findsSpansByTheirEvent()
    {
        Assembler texts;
        say(texts, 3, 1, "one");
        say(texts, 5, 2, "");
        texts.setEvent({.seq = Seq(7), .time = 3});
        texts.append(SpanKind::Text, 0, 0, "two");
        texts.append(SpanKind::Text, 0, 0, " more");
        texts.append(SpanKind::Reasoning, 0, 0, "hm");
        QCOMPARE(texts.spans().size(), std::size_t(3));
        QCOMPARE(texts.spanOf(Seq(3)), std::size_t(0));
        QCOMPARE(texts.spanOf(Seq(5)), std::size_t(3));
        QCOMPARE(texts.spanOf(Seq(7)), std::size_t(1));
        QCOMPARE(texts.spans()[1].begin, 3u);
        QCOMPARE(texts.spans()[1].end, 11u);
        QCOMPARE(texts.parts().size(), std::size_t(2));
    }

    void leavesOutWhatIsTooMuch()
    {
        Assembler texts(Assembler::Limits{.bytes = 10, .spans = 4, .parts = 3, .responses = 2, .words = 5});
        say(texts, 1, 1, "12345678");
        say(texts, 2, 2, "overflow");
        say(texts, 3, 3, "9");
        QCOMPARE(texts.parts().at(0).text, std::string("123456789"));
        QCOMPARE(texts.leftOut(), std::uint64_t(8));
        QCOMPARE(texts.responses()[0].deltas, std::uint64_t(3));
        for (std::uint64_t choice = 0; choice < 100; ++choice) {
            texts.append(SpanKind::Text, choice, 7, "x");
            texts.nameTool(choice, 0, "a long id", "a long name");
        }
        QCOMPARE(texts.parts().size(), std::size_t(3));
        texts.beginResponse("another");
        QCOMPARE(texts.responses()[1].id, std::string("anoth"));
        for (int i = 0; i < 1000; ++i) {
            texts.addError("broken again");
            texts.finish("reason");
        }
        QVERIFY(texts.responses()[1].errors.size() <= 100);
        QVERIFY(texts.responses()[1].finishReasons.size() <= 128);
    }

    /// Nothing of them runs into the last one that is kept; that their whole was said already is still known.
    void leavesOutResponsesThatAreTooMany()
    {
        Assembler texts(Assembler::Limits{.responses = 2});
        for (std::uint64_t i = 0; i < 5; ++i) {
            texts.setEvent({.seq = Seq(i + 1)});
            texts.beginResponse("r" + std::to_string(i));
            texts.append(SpanKind::Text, 0, 0, "four");
            texts.nameTool(0, 1, "id", "name");
            QVERIFY(!texts.isEmpty(SpanKind::Text, 0, 0));
            QVERIFY(texts.isEmpty(SpanKind::Text, 0, 7));
            texts.addUsage({.output = i});
            texts.finish("stop");
        }
        QCOMPARE(texts.responses().size(), std::size_t(2));
        QCOMPARE(texts.responsesLeftOut(), std::uint64_t(3));
        QCOMPARE(texts.leftOut(), std::uint64_t(12));
        QCOMPARE(texts.parts().size(), std::size_t(4));
        QCOMPARE(texts.spans().size(), std::size_t(2));
        const AssembledResponse &last = texts.responses()[1];
        QCOMPARE(last.id, std::string("r1"));
        QCOMPARE(last.finishReasons, std::vector<std::string>{"stop"});
        QCOMPARE(last.usage.output, std::optional<std::uint64_t>(1));
        QCOMPARE(last.last, Seq(2));
        QVERIFY(last.isDone);
    }

    void takesOverUsageAsItIsTold()
    {
        TokenUsage usage{.input = 3, .output = 1};
        usage.merge({.output = 9, .total = 12});
        QCOMPARE(usage, (TokenUsage{.input = 3, .output = 9, .total = 12}));
    }

private:
    static void say(Assembler &texts, std::uint64_t seq, std::int64_t ms, const char *text,
                    std::optional<std::int64_t> requestMs = {})
    {
        Assembler::Event event{.seq = Seq(seq), .time = ms * Millisecond, .read = std::uint64_t(ms)};
        if (requestMs)
            event.requestAt = *requestMs * Millisecond;
        texts.setEvent(event);
        texts.append(SpanKind::Text, 0, 0, text);
    }
};

PUSHSCOPE_TEST(AssemblerTest)
#include "assemblertest.moc"
