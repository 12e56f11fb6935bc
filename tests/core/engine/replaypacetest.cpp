#include "core/engine/replaypace.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {

constexpr std::int64_t Ms = 1'000'000;

/// A stream with an event each `interval`, `burst` of them at a time, that broke off and is open again at 0.
ReplayPace paceOf(std::int64_t interval, int burst = 1)
{
    ReplayPace pace;
    for (int i = 0; i < 100; ++i)
        pace.noteBefore(i / burst * interval - 1000 * Ms);
    pace.pause();
    pace.begin(0);
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
        QVERIFY(pace.isKept(3, 1 * Ms));
        QVERIFY(pace.isKept(7, 2 * Ms));
        QVERIFY(!pace.isKept(8, 22 * Ms));
    }

    void bursts()
    {
        ReplayPace pace = paceOf(10 * Ms, 50); // five thousand a second
        QVERIFY(pace.isKept(2000, 5 * Ms));    // four tenths of a second at once
        QVERIFY(!pace.isKept(2050, 15 * Ms));
    }

    void nothingWasKept()
    {
        ReplayPace slow = paceOf(1000 * Ms);
        QVERIFY(slow.isKept(0, 10 * Ms));
        QVERIFY(!slow.isKept(1, 300 * Ms)); // quicker than usual, and yet no sooner than it happened
        ReplayPace quick = paceOf(20 * Ms);
        QVERIFY(!quick.isKept(1, 15 * Ms));
    }

    void severalOfASlowStreamWereKeptHoweverLateTheyCome()
    {
        ReplayPace pace = paceOf(1000 * Ms);
        QVERIFY(pace.isKept(3, 900 * Ms));
        QVERIFY(pace.isKept(4, 950 * Ms));
        QVERIFY(!pace.isKept(5, 1800 * Ms));
    }

    void withoutAPaceAllWasKept()
    {
        ReplayPace unknown;
        unknown.noteBefore(0);
        unknown.begin(10 * Ms);
        QVERIFY(unknown.isKept(1, 5000 * Ms));
        ReplayPace same = paceOf(0); // all in one read
        QVERIFY(same.isKept(1, 50 * Ms));
    }

    void aBreakIsNoPace()
    {
        ReplayPace pace;
        pace.noteBefore(0);
        pace.pause();
        pace.noteBefore(60'000 * Ms);
        pace.noteBefore(60'010 * Ms);
        pace.begin(70'000 * Ms);
        QVERIFY(!pace.isKept(1, 70'008 * Ms));
    }
};

PUSHSCOPE_TEST(ReplayPaceTest)
#include "replaypacetest.moc"
