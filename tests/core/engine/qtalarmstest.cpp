#include "core/engine/qtalarms.h"

#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QTest>

using namespace pushscope;

class QtAlarmsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ringsOnceAndLater();
    void doesNotRingWhenCleared();
    void mayBeSetAgainWhileItRings();
    void anAlarmGoesWithItsOwner();
};

void QtAlarmsTest::ringsOnceAndLater()
{
    QtAlarms alarms;
    int rings = 0;
    QElapsedTimer timer;
    timer.start();
    QVERIFY(alarms.set(Milliseconds(20), [&rings] { ++rings; }) != 0);
    alarms.set(Milliseconds(0), [&rings] { rings += 10; });
    QCOMPARE(rings, 0);
    QTRY_COMPARE(rings, 11);
    QVERIFY(timer.elapsed() >= 20);
}

void QtAlarmsTest::doesNotRingWhenCleared()
{
    QtAlarms alarms;
    bool cleared = false;
    bool done = false;
    const Alarms::Id id = alarms.set(Milliseconds(0), [&cleared] { cleared = true; });
    alarms.set(Milliseconds(1), [&done] { done = true; });
    alarms.clear(id);
    alarms.clear(id);
    QTRY_VERIFY(done);
    QVERIFY(!cleared);
}

void QtAlarmsTest::mayBeSetAgainWhileItRings()
{
    QtAlarms alarms;
    Alarm alarm(alarms);
    int rings = 0;
    std::function<void()> ring = [&] {
        QVERIFY(!alarm.isSet());
        if (++rings < 3)
            alarm.set(Milliseconds(0), ring);
    };
    alarm.set(Milliseconds(0), ring);
    QTRY_COMPARE(rings, 3);
}

void QtAlarmsTest::anAlarmGoesWithItsOwner()
{
    QtAlarms alarms;
    bool rang = false;
    bool done = false;
    {
        Alarm alarm(alarms);
        alarm.set(Milliseconds(0), [&rang] { rang = true; });
    }
    alarms.set(Milliseconds(1), [&done] { done = true; });
    QTRY_VERIFY(done);
    QVERIFY(!rang);
}

PUSHSCOPE_TEST(QtAlarmsTest)
#include "qtalarmstest.moc"
