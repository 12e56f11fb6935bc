#include "core/demo/parameters.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <array>

using namespace pushscope::demo;

class ParametersTest : public QObject
{
    Q_OBJECT

private:
    static std::string outcome(std::string_view query)
    {
        static const std::array specs{ParameterSpec::number("interval", 1000, 0, 3600, "ms"),
                                      ParameterSpec::word("framing", {"chunked", "identity", "raw"}, "of the answer"),
                                      ParameterSpec::text("topic", "all", 8, "name")};
        const auto parameters = readParameters(parseQuery(query), specs);
        if (!parameters)
            return parameters.error().name + ": " + parameters.error().range;
        return std::to_string(parameters->number("interval")) + " " + parameters->text("framing") + " " +
               parameters->text("topic") + (parameters->isGiven("interval") ? " given" : "");
    }

private Q_SLOTS:
    void splitsQueries()
    {
        using Items = std::vector<QueryItem>;
        QCOMPARE(parseQuery(""), Items{});
        QCOMPARE(parseQuery("a=1&b=2"), (Items{{"a", "1"}, {"b", "2"}}));
        QCOMPARE(parseQuery("&a&&b=&=c&"), (Items{{"a", ""}, {"b", ""}, {"", "c"}}));
        QCOMPARE(parseQuery("a=b=c"), (Items{{"a", "b=c"}}));
        QCOMPARE(parseQuery("a%20b=%e2%82%AC+x"), (Items{{"a b", "\xE2\x82\xAC x"}}));
        QCOMPARE(parseQuery("a=%&b=%4&c=%zz"), (Items{{"a", "%"}, {"b", "%4"}, {"c", "%zz"}}));
    }

    void checksQueries_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *query, const char *expected) {
            QTest::newRow(query) << QString::fromLatin1(query) << QString::fromLatin1(expected);
        };
        row("", "1000 chunked all");
        row("interval=0", "0 chunked all given");
        row("interval=3600&framing=identity&topic=", "3600 identity  given");
        row("interval=3601", "interval: 0 to 3600");
        row("interval=-1", "interval: 0 to 3600");
        row("interval=1.5", "interval: 0 to 3600");
        row("interval=", "interval: 0 to 3600");
        row("interval= 1", "interval: 0 to 3600");
        row("interval=99999999999999999999", "interval: 0 to 3600");
        row("framing=Chunked", "framing: chunked, identity or raw");
        row("topic=12345678", "1000 chunked 12345678");
        row("topic=123456789", "topic: at most 8 bytes of text");
        row("topic=%FF", "topic: at most 8 bytes of text");
        row("speed=1", "speed: none");
        row("interval=1&interval=1", "interval: 0 to 3600");
    }

    void checksQueries()
    {
        QFETCH(QString, query);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(outcome(query.toStdString())), expected);
    }

    void saysWhatIsAllowed()
    {
        const std::array specs{ParameterSpec::number("count", 0, 0, 9, "events")};
        const auto wrong = readParameters(parseQuery("count=x"), specs);
        QCOMPARE(wrong.error().detail, std::string("count must be 0 to 9"));
        const auto unknown = readParameters(parseQuery("cuont=1"), specs);
        QCOMPARE(unknown.error().detail, std::string("there is no parameter cuont here; there are count"));
        const auto none = readParameters(parseQuery("x"), {});
        QCOMPARE(none.error().detail, std::string("there is no parameter x here; nothing is taken"));
        const auto twice = readParameters(parseQuery("count=1&count=2"), specs);
        QCOMPARE(twice.error().detail, std::string("count is given twice"));
    }
};

PUSHSCOPE_TEST(ParametersTest)
#include "parameterstest.moc"
