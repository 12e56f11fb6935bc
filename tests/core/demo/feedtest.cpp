#include "core/demo/feed.h"

#include "tests/core/demo/manualclock.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace pushscope;
using namespace pushscope::demo;

class FeedTest : public QObject
{
    Q_OBJECT

private:
    ManualClock m_clock;

    /// What a reader gets now: the ids, and how the supply stands.
    static std::string taken(Feed &feed, FeedCursor &cursor, std::uint64_t limit = 100, std::size_t bytes = 1'000'000)
    {
        EventBatch batch(EventFraming::Identity);
        const Feed::Supply supply = feed.take(cursor, batch, bytes, limit);
        const Bytes &out = batch.bytes();
        std::string ids;
        for (std::size_t at = out.find("id: "); at != Bytes::npos; at = out.find("id: ", at + 1))
            ids += out.substr(at + 4, out.find('\n', at) - at - 4) + " ";
        switch (supply) {
        case Feed::Supply::More: return ids + "more";
        case Feed::Supply::Waiting: return ids + "waiting";
        case Feed::Supply::Lost: return ids + "lost";
        case Feed::Supply::Finished: return ids + "finished";
        }
        return ids;
    }
    static FeedOptions options(std::uint64_t interval, std::uint64_t count = 0)
    {
        FeedOptions options;
        options.interval = std::chrono::milliseconds(interval);
        options.count = count;
        return options;
    }

private Q_SLOTS:
    void ticksByItsClock()
    {
        Feed feed(options(5), m_clock, nullptr);
        bool isGap = true;
        const auto cursor = feed.join(std::nullopt, isGap);
        QVERIFY(!isGap);
        QCOMPARE(taken(feed, *cursor), std::string("waiting"));
        QSignalSpy grown(&feed, &Feed::grown);
        QVERIFY(grown.wait()); // the first one comes at once
        QCOMPARE(taken(feed, *cursor), std::string("1 waiting"));
        m_clock.advance(5);
        QVERIFY(grown.wait());
        QCOMPARE(taken(feed, *cursor), std::string("2 waiting"));
        m_clock.advance(15); // late: nothing is left out
        QVERIFY(grown.wait());
        QCOMPARE(taken(feed, *cursor), std::string("3 4 5 waiting"));
    }

    void givesBurstsAndEnds()
    {
        FeedOptions shape = options(1, 5);
        shape.burst = 3;
        Feed feed(shape, m_clock, nullptr);
        bool isGap = false;
        const auto cursor = feed.join(std::nullopt, isGap);
        QSignalSpy grown(&feed, &Feed::grown);
        QVERIFY(grown.wait());
        QCOMPARE(taken(feed, *cursor), std::string("1 2 3 waiting"));
        QVERIFY(!feed.isFinished());
        m_clock.advance(1);
        QVERIFY(grown.wait());
        QCOMPARE(taken(feed, *cursor), std::string("4 5 finished"));
        QVERIFY(feed.isFinished());
    }

    void sharesIdsAndResumes()
    {
        FeedOptions shape = options(1000, 10);
        shape.burst = 10;
        shape.window = 4;
        Feed feed(shape, m_clock, nullptr);
        QSignalSpy grown(&feed, &Feed::grown);
        QVERIFY(grown.wait());
        bool isGap = false;
        QCOMPARE(taken(feed, *feed.join(8, isGap)), std::string("9 10 finished"));
        QVERIFY(!isGap);
        QCOMPARE(taken(feed, *feed.join(2, isGap)), std::string("7 8 9 10 finished"));
        QVERIFY(isGap);
    }

    void obeysLimits()
    {
        FeedOptions shape = options(1000);
        shape.burst = 10;
        Feed feed(shape, m_clock, nullptr);
        bool isGap = false;
        const auto cursor = feed.join(std::nullopt, isGap);
        QSignalSpy grown(&feed, &Feed::grown);
        QVERIFY(grown.wait());
        QCOMPARE(taken(feed, *cursor, 2), std::string("1 2 more"));
        QCOMPARE(taken(feed, *cursor, 100, 1), std::string("3 more"));
        QCOMPARE(taken(feed, *cursor), std::string("4 5 6 7 8 9 10 waiting"));
    }

    void withoutAnIntervalEachReaderStartsAtOne()
    {
        Feed feed(options(0, 4), m_clock, nullptr);
        bool isGap = false;
        const auto first = feed.join(std::nullopt, isGap);
        QCOMPARE(taken(feed, *first, 3), std::string("1 2 3 more"));
        QCOMPARE(taken(feed, *feed.join(std::nullopt, isGap)), std::string("1 2 3 4 finished"));
        QCOMPARE(taken(feed, *first), std::string("4 finished"));
        QCOMPARE(taken(feed, *feed.join(2, isGap)), std::string("3 4 finished"));
        QVERIFY(!isGap);
    }

    void withoutAnIntervalItGoesOnBehindAnyId()
    {
        Feed feed(options(0), m_clock, nullptr);
        bool isGap = true;
        QCOMPARE(taken(feed, *feed.join(77, isGap), 2), std::string("78 79 more"));
        QVERIFY(!isGap);
    }

    void withoutAnIntervalTheWindowHolds()
    {
        FeedOptions shape = options(0);
        shape.window = 5;
        Feed feed(shape, m_clock, nullptr);
        bool isGap = false;
        taken(feed, *feed.join(std::nullopt, isGap), 20);
        QCOMPARE(taken(feed, *feed.join(3, isGap), 2), std::string("16 17 more"));
        QVERIFY(isGap);
    }

    void losesOnlyTheSlowOfSeveral()
    {
        FeedOptions shape = options(1);
        shape.window = 2;
        shape.burst = 50;
        shape.size = 100'000;
        Feed feed(shape, m_clock, nullptr);
        bool isGap = false;
        const auto slow = feed.join(std::nullopt, isGap);
        const auto fast = feed.join(std::nullopt, isGap);
        connect(&feed, &Feed::grown, this, [&] { taken(feed, *fast, 1000, 100'000'000); });
        QSignalSpy grown(&feed, &Feed::grown);
        QVERIFY(grown.wait());
        QCOMPARE(fast->next, std::uint64_t(51));
        QCOMPARE(taken(feed, *slow), std::string("lost"));
        QVERIFY(slow->next > 1 && slow->next < 51);
    }

    void waitsForItsOnlyReader()
    {
        FeedOptions shape = options(1);
        shape.window = 2;
        shape.burst = 50;
        shape.size = 100'000;
        Feed feed(shape, m_clock, nullptr);
        bool isGap = false;
        const auto only = feed.join(std::nullopt, isGap);
        QSignalSpy grown(&feed, &Feed::grown);
        QVERIFY(grown.wait());
        const std::uint64_t held = feed.lastId();
        QVERIFY(held < 50); // its log is full
        QCOMPARE(taken(feed, *only, 1000, 100'000'000).find("1 2 3 "), std::size_t(0));
        QCOMPARE(only->next, held + 1);
        m_clock.advance(1);
        QVERIFY(grown.wait());
        QVERIFY(feed.lastId() > held);
    }

    void carriesWhatIsPublished()
    {
        FeedOptions shape = options(1000);
        shape.ticks = false;
        shape.topic = "news";
        Feed feed(shape, m_clock, nullptr);
        bool isGap = false;
        const auto cursor = feed.join(std::nullopt, isGap);
        feed.publish(7, "two\nlines");
        EventBatch out(EventFraming::Identity);
        std::uint64_t limit = 10;
        QVERIFY(feed.take(*cursor, out, 1000, limit) == Feed::Supply::Waiting);
        QCOMPARE(out.bytes(), Bytes("id: 7\ndata: two\ndata: lines\n\n"));
        QCOMPARE(feed.lastId(), std::uint64_t(7));
    }

    void knowsHowLongItIsIdle()
    {
        Feed feed(options(1000), m_clock, nullptr);
        bool isGap = false;
        auto cursor = feed.join(std::nullopt, isGap);
        m_clock.advance(10);
        QCOMPARE(feed.idleTime(), std::int64_t(0));
        cursor.reset();
        m_clock.advance(30);
        QCOMPARE(feed.idleTime(), std::int64_t(30'000'000));
    }
};

PUSHSCOPE_TEST(FeedTest)
#include "feedtest.moc"
