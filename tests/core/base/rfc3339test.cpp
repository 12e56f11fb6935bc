#include "core/base/rfc3339.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class Rfc3339Test : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("time");
        const auto row = [](const char *text, qint64 time) { QTest::newRow(text) << QByteArray(text) << time; };
        row("1970-01-01T00:00:00Z", 0);
        row("1969-12-31T23:59:59Z", -1'000'000'000);
        row("2025-11-22T12:03:02Z", 1'763'812'982'000'000'000);
        row("2025-11-22T12:03:02.120Z", 1'763'812'982'120'000'000);
        row("2025-11-22T12:03:02.1234567891234Z", 1'763'812'982'123'456'789);
        row("2025-11-22t17:33:02.5+05:30", 1'763'812'982'500'000'000);
        row("2025-11-22 04:03:02-08:00", 1'763'812'982'000'000'000);
        row("2025-11-22T12:03:02-00:00", 1'763'812'982'000'000'000);
        row("2024-02-29T00:00:00z", 1'709'164'800'000'000'000);
        row("2016-12-31T23:59:60Z", 1'483'228'800'000'000'000);
        row("1840-01-01T00:00:00Z", -4'102'444'800'000'000'000);
        row("2099-12-31T23:59:59Z", 4'102'444'799'000'000'000);
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        const auto read = readRfc3339(text.toStdString());
        QVERIFY(read);
        QTEST(qint64(*read), "time");
    }

    void whatIsNone()
    {
        for (const char *text : {"",
                                 "abc",
                                 "2025",
                                 "2025-11-22",
                                 "2025-11-22T",
                                 "2025-13-01T00:00:00Z",
                                 "2025-00-01T00:00:00Z",
                                 "2025-02-29T00:00:00Z",
                                 "2025-11-22T24:00:00Z",
                                 "2025-11-22T12:60:00Z",
                                 "2025-11-22T12:03:61Z",
                                 "2025-11-22T12:03:02",
                                 "2025-11-22T12:03Z",
                                 "2025-11-22T12:03:02.Z",
                                 "2025-11-22T12:03:02,5Z",
                                 "2025-11-22T12:03:02Zx",
                                 " 2025-11-22T12:03:02Z",
                                 "25-11-22T12:03:02Z",
                                 "+025-11-22T12:03:02Z",
                                 "2025-11-22T12:03:02+25:00",
                                 "2025-11-22T12:03:02+05:60",
                                 "2025-11-22T12:03:02+0530",
                                 "2025-1-2T12:03:02Z",
                                 "1839-12-31T23:59:59Z",
                                 "2100-01-01T00:00:00Z",
                                 "9999-01-01T00:00:00Z"})
            QVERIFY2(!readRfc3339(text), text);
    }
};

PUSHSCOPE_TEST(Rfc3339Test)
#include "rfc3339test.moc"
