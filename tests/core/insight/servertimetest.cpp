#include "core/insight/servertime.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class ServerTimeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("time");
        const auto row = [](const char *text, qint64 time) { QTest::newRow(text) << QByteArray(text) << time; };
        row("1763812982", 1'763'812'982'000'000'000);
        row("1763812982.25", 1'763'812'982'250'000'000);
        row("1763812982120", 1'763'812'982'120'000'000);
        row("1763812982120005", 1'763'812'982'120'005'000);
        row("1763812982120005007", 1'763'812'982'120'005'007);
        row("2025-11-22T12:03:02Z", 1'763'812'982'000'000'000);
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        const auto read = readServerTime(text.toStdString());
        QVERIFY(read);
        QTEST(qint64(*read), "time");
    }

    void whatIsNoTime()
    {
        for (const char *text :
             {"", "abc", "2025-11-22", "2025-13-01T00:00:00Z", "99999999999999999999", "1e300", "nan", "0x10", "12 "})
            QVERIFY2(!readServerTime(text), text);
        QVERIFY(!readServerTime(std::string(100, '1')));
    }

    void findsTimesNearNow()
    {
        const auto document = JsonDocument::parse(
            R"({"id":5121,"born":"1999-01-01T00:00:00Z","at":{"ts":[1,1763812982120]},"price":101.2})");
        QVERIFY(document);
        const auto places = ServerTimePlace::find(*document, 1'763'812'990'000'000'000);
        QCOMPARE(places.size(), std::size_t(1));
        QCOMPARE(places[0].text(), std::string("$.at.ts[1]"));
        QCOMPARE(places[0].timeIn(*document), std::optional<std::int64_t>(1'763'812'982'120'000'000));
        QVERIFY(ServerTimePlace::find(*document, 1'863'812'990'000'000'000).empty());
    }

    void findsNotMoreThanOneCanFollow()
    {
        std::string many = "[1763812982";
        for (int i = 0; i < 100; ++i)
            many += ",1763812982";
        const auto document = JsonDocument::parse(many + "]");
        QCOMPARE(ServerTimePlace::find(*document, 1'763'812'990'000'000'000).size(), ServerTimePlace::MostFound);
    }

    void placesAreAskedForInTwoWays()
    {
        const auto document = JsonDocument::parse(R"({"a":{"ts":"1763812982"},"b":true})");
        for (const char *text : {"/a/ts", "$.a.ts", "$..ts"}) {
            const auto place = ServerTimePlace::parse(text);
            QVERIFY2(place.hasValue(), text);
            QCOMPARE(place->timeIn(*document), std::optional<std::int64_t>(1'763'812'982'000'000'000));
        }
        for (const char *text : {"/b", "/c", "$.b", "$.c"})
            QVERIFY2(!ServerTimePlace::parse(text)->timeIn(*document), text);
    }

    void errorsHaveAPlace()
    {
        const auto pointer = ServerTimePlace::parse("ts");
        QVERIFY(!pointer);
        QCOMPARE(pointer.error().place, 0u);
        QVERIFY(!pointer.error().reason.empty());
        const auto path = ServerTimePlace::parse("$.a[");
        QVERIFY(!path);
        QCOMPARE(path.error().place, 4u);
    }
};

PUSHSCOPE_TEST(ServerTimeTest)
#include "servertimetest.moc"
