#include "core/demo/feedhub.h"

#include "tests/core/demo/manualclock.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class FeedHubTest : public QObject
{
    Q_OBJECT

private:
    ManualClock m_clock;

private Q_SLOTS:
    void sharesFeedsByPathAndQuery()
    {
        FeedHub hub(m_clock);
        const auto feed = hub.open("/events", {}, false);
        QCOMPARE(hub.open("/events", {}, false), feed);
        QCOMPARE(hub.open("/events", {}, true), feed);
        QVERIFY(hub.open("/events?interval=5", {}, false) != feed);
    }

    void beginsAgainForANewReaderOnly()
    {
        FeedHub hub(m_clock);
        FeedOptions options;
        options.interval = std::chrono::milliseconds(0);
        options.count = 1;
        const auto feed = hub.open("/events", options, false);
        bool isGap = false;
        EventBatch out(EventFraming::Identity);
        std::uint64_t limit = 10;
        QVERIFY(feed->take(*feed->join(std::nullopt, isGap), out, 1000, limit) == Feed::Supply::Finished);
        QCOMPARE(hub.open("/events", options, true), feed);
        QVERIFY(hub.open("/events", options, false) != feed);
    }

    void publishesWithOneIdForAll()
    {
        FeedHub hub(m_clock);
        FeedOptions options;
        options.topic = "t";
        options.ticks = false;
        const auto one = hub.open("/events?topic=t", options, false);
        const auto other = hub.open("/events?topic=t&window=5", options, false);
        one->publish(41, "before");
        const auto published = hub.publish("t", "now");
        QVERIFY(published);
        QCOMPARE(published->id, std::uint64_t(42));
        QCOMPARE(one->lastId(), std::uint64_t(42));
        QCOMPARE(other->lastId(), std::uint64_t(42));
    }

    void withoutATopicOtherFeedsCountForThemselves()
    {
        FeedHub hub(m_clock);
        const auto plain = hub.open("/events", {}, false);
        const auto shaped = hub.open("/events?interval=5", {}, false);
        QCOMPARE(hub.publish("", "x")->id, std::uint64_t(1));
        QCOMPARE(plain->lastId(), std::uint64_t(1));
        QCOMPARE(shaped->lastId(), std::uint64_t(0));
    }

    void webSocketsGetNoEventStreamText()
    {
        FeedHub hub(m_clock);
        FeedOptions options;
        options.framing = EventFraming::WsText;
        options.topic = "t";
        const auto ticks = hub.open("/ws/ticks", options, false);
        QCOMPARE(hub.publish("t", "x")->feeds, std::size_t(1)); // the one that is made for it
        QCOMPARE(hub.publish("", "x")->feeds, std::size_t(1));
        QCOMPARE(ticks->lastId(), std::uint64_t(0));
    }

    void keepsWhatNobodyReadsYet()
    {
        FeedHub hub(m_clock);
        QCOMPARE(hub.publish("t", "first")->id, std::uint64_t(1));
        QCOMPARE(hub.publish("t", "second")->id, std::uint64_t(2));
        QCOMPARE(hub.open("/events?topic=t", {}, true)->lastId(), std::uint64_t(2));
    }

    void forgetsAfterAMinute()
    {
        FeedHub hub(m_clock);
        auto feed = hub.open("/events", {}, false);
        bool isGap = false;
        auto cursor = feed->join(std::nullopt, isGap);
        m_clock.advance(100'000);
        hub.sweep();
        QCOMPARE(hub.size(), std::size_t(1));
        cursor.reset();
        m_clock.advance(59'999);
        hub.sweep();
        QCOMPARE(hub.size(), std::size_t(1));
        m_clock.advance(1);
        hub.sweep();
        QCOMPARE(hub.size(), std::size_t(0));
    }

    void hasAnEndToItsFeeds()
    {
        FeedHub hub(m_clock);
        for (int i = 0; i < 256; ++i)
            QVERIFY(hub.open(std::to_string(i), {}, false));
        QVERIFY(!hub.open("one more", {}, false));
        QVERIFY(!hub.publish("one more", "x"));
        m_clock.advance(60'000);
        QVERIFY(hub.open("one more", {}, false)); // the others are forgotten for it
    }
};

PUSHSCOPE_TEST(FeedHubTest)
#include "feedhubtest.moc"
