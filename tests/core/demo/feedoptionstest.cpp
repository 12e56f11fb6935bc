#include "core/demo/feedoptions.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class FeedOptionsTest : public QObject
{
    Q_OBJECT

private:
    static FeedOptions events(std::string_view query)
    {
        const auto parameters = readParameters(parseQuery(query), eventsParameters(9));
        return eventsOptions(*parameters);
    }

private Q_SLOTS:
    void hasTheReferenceFeedAsDefault()
    {
        const FeedOptions options = events("");
        QCOMPARE(options.interval.count(), 1000);
        QCOMPARE(options.count, std::uint64_t(0));
        QCOMPARE(options.retry.count(), 3000);
        QCOMPARE(options.window, std::uint64_t(1000));
        QCOMPARE(options.seed, std::uint64_t(9));
        QVERIFY(options.ticks);
        QVERIFY(options.framing == EventFraming::Chunk);
        QVERIFY(!options.coding && options.flush);
    }

    void takesEveryParameter()
    {
        const FeedOptions options = events("interval=5&count=6&size=7&burst=8&jitter=9&seed=10&drop=11&retry=12&window="
                                           "13&topic=t&framing=identity&coding=br&flush=0");
        QCOMPARE(options.interval.count(), 5);
        QCOMPARE(options.count, std::uint64_t(6));
        QCOMPARE(options.size, std::uint64_t(7));
        QCOMPARE(options.burst, std::uint64_t(8));
        QCOMPARE(options.jitter.count(), 9);
        QCOMPARE(options.seed, std::uint64_t(10));
        QCOMPARE(options.drop, std::uint64_t(11));
        QCOMPARE(options.retry.count(), 12);
        QCOMPARE(options.window, std::uint64_t(13));
        QCOMPARE(options.topic, std::string("t"));
        QVERIFY(options.framing == EventFraming::Identity);
        QVERIFY(options.coding == ContentCoding::Brotli);
        QVERIFY(!options.flush);
    }

    void ticksOnATopicOnlyWhenAsked()
    {
        QVERIFY(!events("topic=t").ticks);
        QVERIFY(events("topic=t&interval=10").ticks);
    }

    void framesTicksAsMessages()
    {
        const auto parameters = readParameters(parseQuery("count=3"), ticksParameters(1));
        QVERIFY(parameters.hasValue());
        QVERIFY(ticksOptions(*parameters).framing == EventFraming::WsText);
        QVERIFY(!readParameters(parseQuery("retry=3"), ticksParameters(1)).hasValue());
    }
};

PUSHSCOPE_TEST(FeedOptionsTest)
#include "feedoptionstest.moc"
