#include "core/demo/replaylog.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <limits>

using namespace pushscope::demo;

class ReplayLogTest : public QObject
{
    Q_OBJECT

private:
    static constexpr std::uint64_t nobody = std::numeric_limits<std::uint64_t>::max();
    static ReplayLog filled(std::uint64_t window, std::uint64_t events, std::uint64_t needed = nobody)
    {
        ReplayLog log(window);
        for (std::uint64_t id = 1; id <= events; ++id) {
            log.append(id, "event " + std::to_string(id));
            log.trim(needed, 1000);
        }
        return log;
    }
    static std::string start(const ReplayLog &log, std::optional<std::uint64_t> lastEventId)
    {
        const ReplayLog::Start start = log.start(lastEventId);
        return std::to_string(start.next) + (start.isGap ? " gap" : "");
    }

private Q_SLOTS:
    void startsBehindTheLastEventId()
    {
        const ReplayLog log = filled(3, 10); // 8, 9, 10 are left
        QCOMPARE(start(log, std::nullopt), std::string("11"));
        QCOMPARE(start(log, 10), std::string("11"));
        QCOMPARE(start(log, 9), std::string("10"));
        QCOMPARE(start(log, 7), std::string("8"));
        QCOMPARE(start(log, 6), std::string("8 gap"));
        QCOMPARE(start(log, 0), std::string("8 gap"));
    }

    void idsFromTheFutureAreAGap()
    {
        QCOMPARE(start(filled(3, 10), 11), std::string("11 gap"));
        QCOMPARE(start(filled(3, 0), 57), std::string("1 gap"));
        QCOMPARE(start(filled(3, 0), 0), std::string("1"));
        QCOMPARE(start(filled(3, 0), std::nullopt), std::string("1"));
    }

    void hasNothingToReplayWithoutAWindow()
    {
        const ReplayLog log = filled(0, 5);
        QCOMPARE(start(log, 5), std::string("6"));
        QCOMPARE(start(log, 4), std::string("6 gap"));
        QVERIFY(!log.from(1));
        QCOMPARE(log.oldest(), std::uint64_t(6));
    }

    void keepsWhatASlowReaderNeeds()
    {
        const ReplayLog log = filled(3, 10, 5);
        QCOMPARE(log.oldest(), std::uint64_t(5));
        QCOMPARE(log.newestForgotten(), std::uint64_t(4));
        QCOMPARE(log.from(5)->event, std::string("event 5"));
        QCOMPARE(start(log, 5), std::string("8 gap")); // a new reader gets no more than the window
    }

    void forgetsBeyondTheByteLimit()
    {
        ReplayLog log(100);
        for (std::uint64_t id = 1; id <= 5; ++id) {
            log.append(id, std::string(10, 'x'));
            log.trim(1, 30);
        }
        QCOMPARE(log.bytes(), std::uint64_t(30));
        QCOMPARE(log.oldest(), std::uint64_t(3));
        QCOMPARE(start(log, 1), std::string("3 gap"));
        QCOMPARE(start(log, 2), std::string("3"));
    }

    void findsAcrossIdsThatJump()
    {
        ReplayLog log(10);
        log.append(3, "three");
        log.append(7, "seven");
        QCOMPARE(log.from(1)->id, std::uint64_t(3));
        QCOMPARE(log.from(4)->id, std::uint64_t(7));
        QVERIFY(!log.from(8));
        QCOMPARE(log.lastId(), std::uint64_t(7));
    }
};

PUSHSCOPE_TEST(ReplayLogTest)
#include "replaylogtest.moc"
