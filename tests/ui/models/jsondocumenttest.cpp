#include "ui/models/jsondocument.h"

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
    }
    void refusesWhatIsNotJson()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!JsonDocument::parse(text.toStdString()));
    }
};

PUSHSCOPE_TEST(JsonDocumentTest)
#include "jsondocumenttest.moc"
