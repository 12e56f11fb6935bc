#include "core/base/jsondocument.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class JsonDocumentTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsOrderSpellingAndDuplicates()
    {
        const auto document = JsonDocument::parse(R"({"b":1.50e+2,"a":"\u0041","b":-0})");
        QVERIFY(document);
        QCOMPARE(document->size(), std::size_t(4));
        const JsonNode &first = document->node(document->child(0, 0));
        QCOMPARE(std::string(document->nameOf(first)), std::string("b"));
        QCOMPARE(std::string(document->textOf(first)), std::string("1.50e+2"));
        QCOMPARE(std::string(document->textOf(document->node(document->child(0, 1)))), std::string(R"("\u0041")"));
        QVERIFY(!first.isDuplicate);
        QVERIFY(document->node(document->child(0, 2)).isDuplicate);
    }

    void knowsANameInOtherSpellingAgain()
    {
        const auto document = JsonDocument::parse(R"({"a":1,"\u0061":2,"b":3,"A":4,"a":5})");
        QVERIFY(document);
        std::string again;
        for (std::uint32_t row = 0; row < 5; ++row)
            again += document->node(document->child(0, row)).isDuplicate ? 'x' : '.';
        QCOMPARE(again, std::string(".x..x"));
        QCOMPARE(document->member(0, "a"), std::optional(document->child(0, 4)));
        QVERIFY(!document->member(0, "c"));
        QVERIFY(!document->member(document->child(0, 0), "a"));
    }

    /// RFC 8259 section 6 has no largest number, section 8.2 no rule against half a surrogate pair.
    void keepsWhatNoValueHolds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("large exponent") << QByteArray("1e400");
        QTest::newRow("small exponent") << QByteArray("-1.5E-99999999999999");
        QTest::newRow("many digits") << QByteArray(1000, '9');
        QTest::newRow("many decimals") << "0." + QByteArray(1000, '7');
        QTest::newRow("high surrogate") << QByteArray(R"("\uD834")");
        QTest::newRow("low surrogate") << QByteArray(R"("\udd1e\uD834\u0041")");
        QTest::newRow("no UTF-8") << QByteArray("\"\xFF\"");
    }
    void keepsWhatNoValueHolds()
    {
        QFETCH(QByteArray, text);
        const auto document = JsonDocument::parse("[ " + text.toStdString() + " ,1]");
        QVERIFY(document);
        QCOMPARE(document->size(), std::size_t(3));
        QCOMPARE(std::string(document->textOf(document->node(1))), text.toStdString());
    }

    void saysWhatStringsSay()
    {
        const auto document = JsonDocument::parse(R"({"n\u0061me":"caf\u00e9 \ud834\udd1e \ud834","n":1})");
        QVERIFY(document);
        QCOMPARE(document->memberNameOf(document->node(1)), std::string("name"));
        QCOMPARE(document->stringAt(0, "name"), std::optional<std::string>("caf\xC3\xA9 \xF0\x9D\x84\x9E \\ud834"));
        QVERIFY(!document->stringAt(0, "n"));
        QVERIFY(!document->stringAt(0, "none"));
    }

    void namesPaths()
    {
        const auto document = JsonDocument::parse(R"({"items":[1,{"a b":2}]})");
        QVERIFY(document);
        const std::uint32_t items = document->child(0, 0);
        const std::uint32_t inner = document->child(document->child(items, 1), 0);
        QCOMPARE(document->pathOf(inner), std::string(R"($.items[1]["a b"])"));
    }

    void indentsWithoutChangingATokens()
    {
        const auto document = JsonDocument::parse(R"({"a":[1,2.0],"b":{},"c":null})");
        QVERIFY(document);
        QCOMPARE(document->indented(),
                 std::string("{\n  \"a\": [\n    1,\n    2.0\n  ],\n  \"b\": {},\n  \"c\": null\n}"));
    }

    void saysWhereItStopped_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("stop");
        QTest::newRow("value missing") << QByteArray("{\"\xC3\xA4\":\"\",\"b\":}") << 13;
        QTest::newRow("comma too many") << QByteArray("[1,]") << 3;
        QTest::newRow("no such word") << QByteArray("[1, tru]") << 4;
        QTest::newRow("no such escape") << QByteArray("\"\\x\"") << 2;
        QTest::newRow("control character") << QByteArray("\"a\n\"") << 2;
        QTest::newRow("more after the end") << QByteArray("{} {}") << 3;
        QTest::newRow("too early an end") << QByteArray("{\"a\": ") << 6;
        QTest::newRow("end in a word") << QByteArray("[tr") << 3;
        QTest::newRow("end in a string") << QByteArray("[\"a") << 3;
        QTest::newRow("end in an escape") << QByteArray("\"\\u00") << 5;
        QTest::newRow("no hexadecimal digit") << QByteArray("\"\\u00G0\"") << 5;
        QTest::newRow("digit missing") << QByteArray("[-]") << 2;
        QTest::newRow("fraction missing") << QByteArray("[1.]") << 3;
        QTest::newRow("exponent missing") << QByteArray("[1e+]") << 4;
        QTest::newRow("zero too many") << QByteArray("[01]") << 2;
        QTest::newRow("name missing") << QByteArray("{\"a\":1,}") << 7;
        QTest::newRow("colon missing") << QByteArray("{\"a\" 1}") << 5;
        QTest::newRow("NUL behind the end") << QByteArray("[1]\0", 4) << 3;
        QTest::newRow("NUL in a string") << QByteArray("\"a\0\"", 4) << 2;
    }
    void saysWhereItStopped()
    {
        QFETCH(QByteArray, text);
        std::size_t stop = 0;
        QVERIFY(!JsonDocument::parse(text.toStdString(), &stop));
        QTEST(int(stop), "stop");
    }

    void refusesWhatIsNotJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "{", "{\"a\"}", "[1,]", "01", "1.", "\"a", "\"\\x\"", "tru", "{} {}", "NaN", "'a'", "\"\x01\""})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("too deep") << QByteArray(100'000, '[');
        QTest::newRow("too many") << "[" + QByteArray("0,").repeated(JsonDocument::NodeLimit) + "0]";
    }
    void refusesWhatIsNotJson()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!JsonDocument::parse(text.toStdString()));
    }
};

PUSHSCOPE_TEST(JsonDocumentTest)
#include "jsondocumenttest.moc"
