#include "core/insight/arrivals.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>

using namespace pushscope;
using test::CaptureBuilder;

namespace {

constexpr std::int64_t Millisecond = 1'000'000;

/// Socket reads and the events in them.
class Feed : public CaptureBuilder
{
public:
    using CaptureBuilder::CaptureBuilder;

    /// A read at a time, in milliseconds, with one event for each of the texts.
    Seq readAt(std::int64_t ms, const std::vector<std::string> &texts)
    {
        time = ms * Millisecond;
        std::string bytes;
        for (const std::string &text : texts)
            bytes += "data: " + text + "\n\n";
        std::uint64_t begin = trail(Direction::In).end();
        read(bytes);
        Seq first;
        for (const std::string &text : texts) {
            const std::uint64_t end = begin + text.size() + 8;
            const Seq event = add(RecordKind::SseEvent, {begin, end});
            first = first.isValid() ? first : event;
            begin = end;
        }
        return first;
    }
    /// Milliseconds since the capture began, as a server's clock has it that is ahead by an hour.
    [[nodiscard]] std::string stamp(std::int64_t ms) const
    {
        const std::int64_t hour = 3'600'000;
        return "{\"ts\":" + std::to_string(capture->wallStart() / Millisecond + hour + ms) + "}";
    }
};

} // namespace

class ArrivalsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void gapsAndLumps()
    {
        Feed feed;
        Arrivals arrivals(feed.capture, SessionId(1));
        QVERIFY(!arrivals.advance());
        feed.readAt(100, {"a"});
        const Seq lump = feed.readAt(110, {"b", "c", "d"});
        const Seq late = feed.readAt(510, {"e"});
        while (arrivals.advance(1)) {
        }
        QCOMPARE(arrivals.events(), 5u);
        QCOMPARE(arrivals.bytes(), 5u * 9);
        QCOMPARE(arrivals.firstTime(), 100 * Millisecond);
        QCOMPARE(arrivals.lastTime(), 510 * Millisecond);
        QCOMPARE(arrivals.gaps().total(), 4u);
        QCOMPARE(arrivals.gaps().bucket(0).count, 2u);
        QCOMPARE(arrivals.gaps().largest(), std::uint64_t(400 * Millisecond));
        QCOMPARE(arrivals.longestGap(), late);
        QCOMPARE(arrivals.largestLump().size, 3u);
        QCOMPARE(arrivals.largestLump().first, lump);
        QCOMPARE(arrivals.inLumps(), 3u);
        QCOMPARE(arrivals.lumps().total(), 2u); // the newest read may still grow
        QCOMPARE(arrivals.lumps().bucket(3).latest, lump);
    }

    /// One look at the clock may be as good as the next: the reads themselves tell.
    void readsOfOneTimeAreTwoReads()
    {
        Feed feed;
        feed.readAt(5, {"a"});
        feed.readAt(5, {"b"});
        feed.readAt(6, {"c"});
        Arrivals arrivals(feed.capture, SessionId(1));
        arrivals.advance();
        QCOMPARE(arrivals.inLumps(), 0u);
        QCOMPARE(arrivals.largestLump().size, 1u);
    }

    void othersReadsOnASharedConnection()
    {
        Feed feed;
        feed.readAt(1, {"a", "b"});
        feed.session = 2; // the one that opened the connection: reads stand with it
        feed.readAt(2, {});
        feed.session = 1;
        feed.time = 2 * Millisecond;
        feed.add(RecordKind::SseEvent, {0, 9});
        Arrivals arrivals(feed.capture, SessionId(1));
        arrivals.advance();
        QCOMPARE(arrivals.events(), 3u);
        QCOMPARE(arrivals.inLumps(), 2u);
    }

    void aBreakIsNoGap()
    {
        Feed feed;
        feed.readAt(1, {"a"});
        feed.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting, .attempt = 1});
        feed.readAt(5000, {"b"});
        feed.readAt(5001, {"c"});
        Arrivals arrivals(feed.capture, SessionId(1));
        arrivals.advance();
        QCOMPARE(arrivals.gaps().total(), 1u);
        QCOMPARE(arrivals.gaps().largest(), std::uint64_t(Millisecond));
    }

    void onlyWhatWasDelivered()
    {
        Feed feed;
        feed.whole(RecordKind::SseComment, ":\n");
        feed.whole(RecordKind::WsText, "sent", Direction::Out);
        feed.whole(RecordKind::WsPing, "x");
        feed.whole(RecordKind::SseEvent, "data\n\n", Direction::In, RecordFlag::Companion);
        feed.session = 2;
        feed.readAt(1, {"of another"});
        Arrivals arrivals(feed.capture, SessionId(1));
        arrivals.advance();
        QCOMPARE(arrivals.events(), 0u);
    }

    /// What a buffering proxy does: events wait for the one that fills the buffer.
    void theServersTimeShowsASawtooth()
    {
        Feed feed;
        feed.readAt(10, {feed.stamp(10)});
        feed.readAt(1000, {feed.stamp(100), feed.stamp(400), feed.stamp(1000)});
        feed.readAt(2000, {"no JSON"});
        Arrivals arrivals(feed.capture, SessionId(1));
        arrivals.advance();
        QVERIFY(arrivals.place());
        QCOMPARE(arrivals.place()->text(), std::string("$.ts"));
        QCOMPARE(arrivals.stamped(), 3u); // the first and the last of each read
        QCOMPARE(arrivals.greatestDelay() - arrivals.leastDelay(), 900 * Millisecond);
        std::vector<std::int64_t> spans;
        for (const Arrivals::Stretch &stretch : arrivals.overTime().buckets()) {
            if (stretch.stamped > 0)
                spans.push_back((stretch.greatestDelay - stretch.leastDelay) / Millisecond);
        }
        QCOMPARE(spans, (std::vector<std::int64_t>{0, 900}));
    }

    /// A proxy that held everything back: one read, of which nobody knows yet whether it is over.
    void theOnlyReadShowsWhatItHeldBack()
    {
        Feed feed;
        Arrivals arrivals(feed.capture, SessionId(1));
        feed.readAt(9000, {feed.stamp(100), feed.stamp(5000), feed.stamp(9000)});
        arrivals.advance();
        arrivals.advance();
        QCOMPARE(arrivals.stamped(), 2u);
        QCOMPARE(arrivals.greatestDelay() - arrivals.leastDelay(), 8900 * Millisecond);
        feed.readAt(9500, {feed.stamp(9500)});
        arrivals.advance();
        QCOMPARE(arrivals.stamped(), 3u);
    }

    /// The seconds in which a language model's answers were begun: what had been stamped by them is taken back.
    void aPlaceThatStandsStillIsNone()
    {
        Feed feed;
        const auto begun = [&feed](int second) {
            return R"({"created":)" + std::to_string(feed.capture->wallStart() / 1'000'000'000 + second) + "}";
        };
        feed.readAt(0, {begun(0)});
        feed.readAt(900, {begun(1)});
        Arrivals arrivals(feed.capture, SessionId(1));
        arrivals.advance();
        QCOMPARE(arrivals.place()->text(), std::string("$.created"));
        QCOMPARE(arrivals.stamped(), 2u);
        for (int ms = 1000; ms < 10'000; ms += 100)
            feed.readAt(ms, {begun(1)});
        arrivals.advance();
        QVERIFY(!arrivals.place());
        QCOMPARE(arrivals.stamped(), 0u);
        QCOMPARE(arrivals.greatestDelay(), 0);
        QVERIFY(std::ranges::all_of(arrivals.overTime().buckets(),
                                    [](const Arrivals::Stretch &stretch) { return stretch.stamped == 0; }));
    }

    void aGivenPlaceIsNotReplaced()
    {
        Feed feed;
        feed.readAt(10, {feed.stamp(10)});
        feed.readAt(20, {feed.stamp(20)});
        Arrivals arrivals(feed.capture, SessionId(1), *ServerTimePlace::parse("/nothing"));
        arrivals.advance();
        QCOMPARE(arrivals.stamped(), 0u);
        QCOMPARE(arrivals.place()->text(), std::string("/nothing"));
    }

    /// However long a stream says nothing of its time, the first that does is found before long.
    void aTimeThatComesLateIsFound()
    {
        Feed feed;
        int at = 0;
        for (; at < 2000; ++at)
            feed.readAt(at, {"{\"beat\":1}"});
        for (; at < 2400; ++at)
            feed.readAt(at, {at % 2 == 0 ? "{\"beat\":1}" : feed.stamp(at)});
        Arrivals arrivals(feed.capture, SessionId(1));
        arrivals.advance();
        QVERIFY(arrivals.place());
        QCOMPARE(arrivals.place()->text(), std::string("$.ts"));
        QVERIFY(arrivals.stamped() > 100);
    }

    void timeCoarsens()
    {
        Feed feed;
        for (int i = 0; i < 3000; ++i)
            feed.readAt(i * 1000, {"x"});
        Arrivals arrivals(feed.capture, SessionId(1));
        arrivals.advance();
        const auto &series = arrivals.overTime();
        QVERIFY(series.buckets().size() <= Arrivals::Stretches);
        QVERIFY(series.buckets().size() > Arrivals::Stretches / 2);
        std::uint64_t events = 0, bytes = 0;
        for (const Arrivals::Stretch &stretch : series.buckets()) {
            events += stretch.events;
            bytes += stretch.bytes;
            QVERIFY(stretch.first.isValid() == (stretch.events > 0));
        }
        QCOMPARE(events, 3000u);
        QCOMPARE(bytes, arrivals.bytes());
    }
};

PUSHSCOPE_TEST(ArrivalsTest)
#include "arrivalstest.moc"
