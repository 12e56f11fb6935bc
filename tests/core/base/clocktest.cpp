#include "core/base/clock.h"
#include "tests/support/testmain.h"

#include <QDateTime>
#include <QTest>

using namespace pushscope;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverGoesBack()
    {
        const SystemClock clock;
        Stamp last = clock.now();
        for (int i = 0; i < 1000; ++i) {
            const Stamp next = clock.now();
            QVERIFY(next >= last);
            last = next;
        }
    }

    void wallTimeCountsFromTheEpoch()
    {
        const std::int64_t before = QDateTime::currentMSecsSinceEpoch();
        const std::int64_t milliseconds = SystemClock().wallTime() / 1'000'000;
        QVERIFY(milliseconds >= before);
        QVERIFY(milliseconds <= QDateTime::currentMSecsSinceEpoch());
    }
};

PUSHSCOPE_TEST(ClockTest)
#include "clocktest.moc"
