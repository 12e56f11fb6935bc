#include "ui/text/format.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class FormatTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void numbers()
    {
        QCOMPARE(formatCount(0), QStringLiteral("0"));
        QCOMPARE(formatCount(98313), QStringLiteral("98,313"));
        QCOMPARE(formatCount(1234567890), QStringLiteral("1,234,567,890"));
        QCOMPARE(formatSize(999), QStringLiteral("999 B"));
        QCOMPARE(formatSize(6'100'000), QStringLiteral("6.1 MB"));
        QCOMPARE(formatSize(999'999), QStringLiteral("1.0 MB"));
        QCOMPARE(formatRate(0.42), QStringLiteral("0.4/s"));
        QCOMPARE(formatRate(50120), QStringLiteral("50,120/s"));
    }

    void times()
    {
        QCOMPARE(formatClock(1'767'323'045'120'400'006), QStringLiteral("03:04:05.120"));
        QCOMPARE(formatClock(1'767'323'045'120'400'006, 6), QStringLiteral("03:04:05.120400"));
        QCOMPARE(formatSince(12'345'678'901), QStringLiteral("12.345678"));
        QCOMPARE(formatDelta(0), QStringLiteral("+0.000000"));
        QCOMPARE(formatDelta(412'000), QStringLiteral("+0.000412"));
        QCOMPARE(formatDelta(-1'000'000'000), QStringLiteral("\u22121.000000"));
        QCOMPARE(formatDuration(0.25), QStringLiteral("0.25 ms"));
        QCOMPARE(formatDuration(3000), QStringLiteral("3.0 s"));
        QCOMPARE(formatDuration(125'000), QStringLiteral("2 min 5 s"));
        QCOMPARE(formatDuration(93'825'000), QStringLiteral("26 h 3 min"));
        QCOMPARE(formatAgo(1000, 1030), QStringLiteral("just now"));
        QCOMPARE(formatAgo(1000, 1000 + 12 * 60), QStringLiteral("12 min ago"));
        QCOMPARE(formatAgo(1'767'323'045 - 86'400, 1'767'323'045), QStringLiteral("yesterday"));
    }
};

PUSHSCOPE_TEST(FormatTest)
#include "formattest.moc"
