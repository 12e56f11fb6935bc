#include "core/insight/servertimesearch.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {

constexpr std::int64_t Ms = 1'000'000;
constexpr std::int64_t Begin = 1'763'812'982'000 * Ms;

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

/// Shows a search one message after the other.
struct Stream
{
    ServerTimeSearch search;
    std::uint64_t looked = 0;

    void say(std::int64_t ms, const std::string &text)
    {
        if (!search.wantsNext())
            return;
        ++looked;
        if (const auto document = JsonDocument::parse(text))
            search.look(*document, Begin + ms * Ms);
    }
    [[nodiscard]] std::string found() const { return search.found() ? search.found()->text() : "-"; }
};

} // namespace

class ServerTimeSearchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatMoves()
    {
        Stream stream;
        stream.say(0, R"({"ts":1763812982000})");
        QCOMPARE(stream.found(), std::string("-"));
        stream.say(10, R"({"ts":1763812982010})");
        QCOMPARE(stream.found(), std::string("$.ts"));
    }

    /// As language models' chunks have it: when the answer was begun.
    void whatStandsStillIsNone()
    {
        Stream stream;
        for (std::int64_t ms = 0; ms < 60'000; ms += 100)
            stream.say(ms, R"({"id":"c","created":1763812982})");
        QCOMPARE(stream.found(), std::string("-"));
    }

    void theOtherOneIsFoundBesideIt()
    {
        Stream stream;
        for (std::int64_t ms = 0; ms < 500; ms += 100)
            stream.say(ms, R"({"begun":1763812982000,"at":)" + number(1'763'812'981'000 + ms) + "}");
        QCOMPARE(stream.found(), std::string("$.at"));
    }

    void theNearestOfSeveralThatMove()
    {
        Stream stream;
        for (std::int64_t ms = 0; ms < 500; ms += 100)
            stream.say(ms, R"({"due":)" + number(1'763'812'992'000 + ms) + R"(,"at":)" +
                               number(1'763'812'981'900 + ms) + "}");
        QCOMPARE(stream.found(), std::string("$.at"));
    }

    void wholeSecondsMayStandForOne()
    {
        Stream stream;
        for (std::int64_t ms = 0; ms < 10'000; ms += 100)
            stream.say(ms, R"({"s":)" + number(1'763'812'982 + ms / 1000) + "}");
        QCOMPARE(stream.found(), std::string("$.s"));
    }

    /// The second answer is begun at another time than the first: the place moved, and stands still again.
    void whatMovedIsDroppedOnceItStandsStill()
    {
        Stream stream;
        stream.say(0, R"({"created":1763812982})");
        stream.say(900, R"({"created":1763812983})");
        QCOMPARE(stream.found(), std::string("$.created"));
        for (std::int64_t ms = 1000; ms <= 3000; ms += 100)
            stream.say(ms, R"({"created":1763812983})");
        QCOMPARE(stream.found(), std::string("-"));
        stream.say(4000, R"({"created":1763812986})");
        stream.say(4100, R"({"created":1763812987})");
        QCOMPARE(stream.found(), std::string("-"));
    }

    void messagesWithoutItAreNoSign()
    {
        Stream stream;
        stream.say(0, R"({"ts":1763812982000})");
        stream.say(5000, R"({"beat":1})");
        stream.say(6000, R"({"ts":1763812988000})");
        QCOMPARE(stream.found(), std::string("$.ts"));
    }

    /// However long a stream says nothing of its time, and not each message is looked at for it.
    void aTimeThatComesLateIsFound()
    {
        Stream stream;
        std::int64_t ms = 0;
        for (; ms < 20'000; ++ms)
            stream.say(ms, R"({"beat":1})");
        QVERIFY(stream.looked < 2000);
        for (; ms < 20'200; ++ms)
            stream.say(ms, ms % 2 == 0 ? R"({"beat":1})" : R"({"ts":)" + number(1'763'812'982'000 + ms) + "}");
        QCOMPARE(stream.found(), std::string("$.ts"));
    }

    /// Faster than its clock counts: it is no candidate for ever, and can still become one.
    void aFloodWithinASecond()
    {
        Stream stream;
        for (int i = 0; i < 5000; ++i)
            stream.say(0, R"({"s":1763812982})");
        for (int i = 0; i < 200; ++i)
            stream.say(1000 + i, R"({"s":)" + number(1'763'812'983 + i / 100) + "}");
        QCOMPARE(stream.found(), std::string("$.s"));
    }
};

PUSHSCOPE_TEST(ServerTimeSearchTest)
#include "servertimesearchtest.moc"
