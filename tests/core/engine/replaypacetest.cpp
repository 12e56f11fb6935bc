#include "core/engine/replaypace.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {

constexpr std::int64_t Ms = 1'000'000;

/// A stream with a read each `interval`, `lump` events in each, that broke off and is open again at 0.
ReplayPace paceOf(std::int64_t interval, int lump = 1)
{
    ReplayPace pace;
    for (int i = 0; i < 100; ++i)
        pace.noteBefore(i / lump * interval - 10'000 * Ms);
    pace.pause();
    return pace;
}

} // namespace

class ReplayPaceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatComesAtOnceWasKept()
    {
        ReplayPace pace = paceOf(20 * Ms);
        pace.note(3, 1 * Ms);
        QVERIFY(pace.isBurst());
        pace.note(7, 2 * Ms);
        QVERIFY(pace.isBurst());
        pace.note(8, 22 * Ms);
        QVERIFY(!pace.isBurst());
        pace.note(12, 23 * Ms); // no second burst
        QVERIFY(!pace.isBurst());
    }

    void eachInAReadOfItsOwn()
    {
        ReplayPace pace = paceOf(30 * Ms);
        for (std::uint64_t events = 1; events <= 4; ++events) {
            pace.note(events, static_cast<std::int64_t>(events) * Ms);
            QCOMPARE(pace.isBurst(), events > 1);
        }
    }

    /// The first may come at any time, and the next when it is due.
    void whatIsLiveWasNot()
    {
        for (const std::int64_t first : {0 * Ms, 1 * Ms, 25 * Ms, 900 * Ms}) {
            ReplayPace pace = paceOf(30 * Ms);
            for (std::uint64_t events = 1; events <= 4; ++events) {
                pace.note(events, first + static_cast<std::int64_t>(events) * 30 * Ms);
                QVERIFY(!pace.isBurst());
            }
        }
    }

    void lumps()
    {
        ReplayPace kept = paceOf(10 * Ms, 5);
        kept.note(40, 5 * Ms);
        QVERIFY(kept.isBurst());
        kept.note(45, 15 * Ms);
        QVERIFY(!kept.isBurst());
        ReplayPace live = paceOf(10 * Ms, 5);
        live.note(5, 5 * Ms);
        QVERIFY(!live.isBurst());
        live.note(10, 15 * Ms);
        QVERIFY(!live.isBurst());
    }

    void anAnswerThatIsLate()
    {
        ReplayPace pace = paceOf(1000 * Ms);
        pace.note(1, 5000 * Ms);
        QVERIFY(!pace.isBurst());
        pace.note(3, 5050 * Ms);
        QVERIFY(pace.isBurst());
    }

    /// One event, or all in one read.
    void withoutAPace()
    {
        for (const int events : {1, 3}) {
            ReplayPace unknown;
            for (int i = 0; i < events; ++i)
                unknown.noteBefore(0);
            unknown.pause();
            unknown.note(1, 5000 * Ms);
            QVERIFY(!unknown.isBurst());
            unknown.note(2, 5005 * Ms);
            QVERIFY(unknown.isBurst());
            unknown.note(3, 5030 * Ms);
            QVERIFY(!unknown.isBurst());
        }
    }

    void aBreakIsNoPace()
    {
        ReplayPace pace;
        pace.noteBefore(0);
        pace.pause();
        pace.noteBefore(60'000 * Ms);
        pace.noteBefore(60'010 * Ms);
        pace.pause();
        pace.note(1, 70'000 * Ms);
        pace.note(2, 70'008 * Ms);
        QVERIFY(!pace.isBurst());
    }

    /// What was kept before an earlier break is no lump of the stream.
    void anEarlierReplayIsNoLump()
    {
        ReplayPace pace;
        for (const std::int64_t time : {0, 1000, 2000})
            pace.noteBefore(time * Ms);
        pace.pause();
        for (const std::int64_t time : {9000, 9000, 9000, 9000, 10'000})
            pace.noteBefore(time * Ms);
        pace.pause();
        pace.note(3, 20'000 * Ms);
        QVERIFY(pace.isBurst());
    }
};

PUSHSCOPE_TEST(ReplayPaceTest)
#include "replaypacetest.moc"
