#include "core/insight/assemblyrecipe.h"

#include "tests/support/shapetalk.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::ShapeTalk;

class AssemblyRecipeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhereItIsTold_data()
    {
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *place, const char *data, const char *text) {
            QTest::addRow("%s of %s", place, data) << QByteArray(place) << QByteArray(data) << QByteArray(text);
        };
        row("/a/0", R"({"a":["x\u00e9"]})", "x\xC3\xA9");
        row("/a", R"({"a":1.50})", "1.50");
        row("/a", R"({"a":null})", "");
        row("/a", R"({"b":1})", "");
        row("/a", "not JSON", "");
        row("$.a[*].t", R"({"a":[{"t":"x"},{"t":"y"},{}]})", "xy");
        row("$..t", R"({"t":{"k":1}})", R"({"k":1})");
        row("", "not JSON", "not JSON");
        row("", R"({"a":1})", R"({"a":1})");
    }
    void readsWhereItIsTold()
    {
        QFETCH(QByteArray, place);
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, text);
        const auto document = JsonDocument::parse(data.toStdString());
        const DeltaEvent event{"message", ByteView(data), document ? JsonValue(*document) : JsonValue()};
        QCOMPARE(TextPlace::parse(ByteView(place)).value().read(event), text.toStdString());
    }

    void saysWhereThePlaceIsWrong()
    {
        QCOMPARE(TextPlace::parse("a").error().place, std::size_t(0));
        QCOMPARE(TextPlace::parse("/a~").error().place, std::size_t(3));
        QCOMPARE(TextPlace::parse("$.a[").error().place, std::size_t(4));
    }

    void doesNotGrowBeyondTheEvent()
    {
        const std::string data = "[" + std::string(1000, ' ') + "\"" + std::string(1000, 'x') + "\"]";
        const auto document = JsonDocument::parse(data);
        std::string path = "$[0";
        for (int i = 0; i < 1000; ++i)
            path += ",0";
        const std::string read = TextPlace::parse(path + "]").value().read({"", data, JsonValue(*document)});
        QVERIFY(read.size() <= 4 * data.size());
    }

    void takesEventsOfItsType()
    {
        AssemblyRecipe recipe;
        recipe.text = TextPlace::parse("/t").value();
        recipe.reasoning = TextPlace::parse("/r").value();
        recipe.eventType = "delta";
        ShapeTalk talk(makeRecipeShape(std::move(recipe)));
        QVERIFY(talk.say(R"({"t":"said","r":"thought"})", "delta"));
        QVERIFY(!talk.say(R"({"t":"else"})", "message"));
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 reasoning 0: thought"), QStringLiteral("0 text 0: said")}));
    }
};

PUSHSCOPE_TEST(AssemblyRecipeTest)
#include "assemblyrecipetest.moc"
