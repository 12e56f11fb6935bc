#include "core/engine/backoffpolicy.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace pushscope;

class BackoffPolicyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesTheTimeOfWhoeverMaySetIt();
    void growsWithJitterAboveTheReconnectionTime();
    void stopsGrowing();
    void startsOverOnceOpen();
    void slowsAStormDown();
    void forgetsOldReconnects();
};

namespace {

constexpr std::int64_t Second = 1'000'000'000;

double never()
{
    return 0;
}

} // namespace

void BackoffPolicyTest::takesTheTimeOfWhoeverMaySetIt()
{
    Reconnection reconnection;
    BackoffPolicy policy(reconnection, never);
    QCOMPARE(policy.next(Stamp{0}, true).time, Milliseconds(3000));
    QCOMPARE(policy.next(Stamp{0}, false).source, DelaySource::Default);
    policy.setRetry(Milliseconds(50));
    QCOMPARE(policy.next(Stamp{0}, false).time, Milliseconds(50));
    QCOMPARE(policy.next(Stamp{0}, true).source, DelaySource::Retry);
    reconnection.overrideTime = Milliseconds(700);
    policy.setRules(reconnection);
    QCOMPARE(policy.next(Stamp{0}, true).time, Milliseconds(700));
    QCOMPARE(policy.next(Stamp{0}, true).source, DelaySource::User);
    reconnection.overrideTime.reset();
    policy.setRules(reconnection);
    QCOMPARE(policy.next(Stamp{0}, true).time, Milliseconds(50));

    reconnection.initial = Milliseconds(10);
    QCOMPARE(BackoffPolicy(reconnection, never).next(Stamp{0}, true).source, DelaySource::User);
}

void BackoffPolicyTest::growsWithJitterAboveTheReconnectionTime()
{
    Reconnection reconnection;
    reconnection.backoff = Backoff::Exponential;
    reconnection.initial = Milliseconds(100);
    std::mt19937 random(7);
    BackoffPolicy policy(reconnection, [&random] { return static_cast<double>(random()) / 4294967296.0; });
    std::int64_t now = 0;
    std::int64_t grown = 100;
    for (int failure = 1; failure <= 8; ++failure) {
        grown *= 2;
        const BackoffPolicy::Delay delay = policy.next(Stamp{now += 100 * Second}, false);
        QVERIFY2(delay.time.count() >= grown / 2 && delay.time.count() < grown,
                 qPrintable(QString::number(delay.time.count())));
        QCOMPARE(delay.source, DelaySource::Policy);
    }
}

void BackoffPolicyTest::stopsGrowing()
{
    Reconnection reconnection;
    reconnection.backoff = Backoff::Exponential;
    BackoffPolicy policy(reconnection, [] { return 0.999999; });
    BackoffPolicy::Delay delay;
    for (int i = 0; i < 100; ++i)
        delay = policy.next(Stamp{i * 1000 * Second}, false);
    QVERIFY(delay.time < BackoffPolicy::LongestGrowth && delay.time > BackoffPolicy::LongestGrowth - Milliseconds(10));
    policy.setRetry(Milliseconds(600'000)); // the server's wish is not cut
    QCOMPARE(policy.next(Stamp{200'000 * Second}, false).time, Milliseconds(600'000));
}

void BackoffPolicyTest::startsOverOnceOpen()
{
    Reconnection reconnection;
    reconnection.backoff = Backoff::Exponential;
    reconnection.initial = Milliseconds(100);
    BackoffPolicy policy(reconnection, never);
    for (int i = 0; i < 5; ++i)
        (void)policy.next(Stamp{i * 100 * Second}, false);
    const BackoffPolicy::Delay delay = policy.next(Stamp{1000 * Second}, true);
    QCOMPARE(delay.time, Milliseconds(100));
    QCOMPARE(delay.source, DelaySource::User);
    QCOMPARE(policy.next(Stamp{1100 * Second}, false).time, Milliseconds(100)); // 200, no jitter: half of it
}

void BackoffPolicyTest::slowsAStormDown()
{
    Reconnection reconnection;
    reconnection.overrideTime = Milliseconds(1);
    BackoffPolicy policy(reconnection, never);
    for (int i = 1; i < 10; ++i) {
        const BackoffPolicy::Delay delay = policy.next(Stamp{i * Second}, true);
        QCOMPARE(delay.time, Milliseconds(1));
        QVERIFY(!delay.storm);
    }
    const BackoffPolicy::Delay tenth = policy.next(Stamp{10 * Second}, true);
    QCOMPARE(tenth.time, Milliseconds(1000));
    QCOMPARE(tenth.source, DelaySource::Policy);
    QVERIFY(tenth.storm);
    reconnection.overrideTime = Milliseconds(1500);
    policy.setRules(reconnection); // longer than the floor: nothing to hold back
    QVERIFY(!policy.next(Stamp{10 * Second}, true).storm);
}

void BackoffPolicyTest::forgetsOldReconnects()
{
    Reconnection reconnection;
    reconnection.overrideTime = Milliseconds(1);
    BackoffPolicy policy(reconnection, never);
    for (int i = 0; i < 100; ++i) // nine in any ten seconds
        QVERIFY(!policy.next(Stamp{i * Second * 112 / 100}, true).storm);
}

PUSHSCOPE_TEST(BackoffPolicyTest)
#include "backoffpolicytest.moc"
