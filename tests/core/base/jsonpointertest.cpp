#include "core/base/jsonpointer.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class JsonPointerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// The document and the pointers of RFC 6901 section 5.
    void pointsToTheStandardsValues_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("array") << QByteArray("/foo") << QByteArray(R"(["bar", "baz"])");
        QTest::newRow("element") << QByteArray("/foo/0") << QByteArray(R"("bar")");
        QTest::newRow("empty name") << QByteArray("/") << QByteArray("0");
        QTest::newRow("slash") << QByteArray("/a~1b") << QByteArray("1");
        QTest::newRow("percent") << QByteArray("/c%d") << QByteArray("2");
        QTest::newRow("circumflex") << QByteArray("/e^f") << QByteArray("3");
        QTest::newRow("bar") << QByteArray("/g|h") << QByteArray("4");
        QTest::newRow("backslash") << QByteArray("/i\\j") << QByteArray("5");
        QTest::newRow("quote") << QByteArray("/k\"l") << QByteArray("6");
        QTest::newRow("space") << QByteArray("/ ") << QByteArray("7");
        QTest::newRow("tilde") << QByteArray("/m~0n") << QByteArray("8");
    }
    void pointsToTheStandardsValues()
    {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        const auto found = JsonPointer::parse(ByteView(pointer)).value().find(standard());
        QVERIFY(found);
        QCOMPARE(std::string(standard().textOf(standard().node(*found))), value.toStdString());
    }

    void pointsToTheWholeWhenEmpty()
    {
        QCOMPARE(JsonPointer::parse("").value().find(standard()), std::optional<std::uint32_t>(0));
    }

    /// Section 4: what is not there is an error of the application's; here it is nothing.
    void pointsToNothing_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        for (const char *pointer : {"/none", "/foo/2", "/foo/-", "/foo/00", "/foo/1x", "/foo/-1", "/foo/", "/foo/0/0",
                                    "/foo/99999999999999999999", "/foo/4294967296"})
            QTest::newRow(pointer) << QByteArray(pointer);
    }
    void pointsToNothing()
    {
        QFETCH(QByteArray, pointer);
        QVERIFY(!JsonPointer::parse(ByteView(pointer)).value().find(standard()));
    }

    /// "~01" is "~1", not "/" (section 4).
    void undoesTheTildeLast()
    {
        const auto document = JsonDocument::parse(R"({"~1":"right","/":"wrong"})");
        const auto found = JsonPointer::parse("/~01").value().find(*document);
        QVERIFY(found);
        QCOMPARE(document->stringOf(document->node(*found)), std::string("right"));
    }

    void findsNamesThatAreSpelledWithEscapes()
    {
        const auto document = JsonDocument::parse(R"({"\u0061":[10,20]})");
        const auto found = JsonPointer::parse("/a/1").value().find(*document);
        QVERIFY(found);
        QCOMPARE(std::string(document->textOf(document->node(*found))), std::string("20"));
    }

    void saysWhereTheTextIsWrong_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<int>("place");
        QTest::newRow("no slash") << QByteArray("foo/0") << 0;
        QTest::newRow("no such escape") << QByteArray("/a/b~2") << 5;
        QTest::newRow("too early an end") << QByteArray("/a~") << 3;
    }
    void saysWhereTheTextIsWrong()
    {
        QFETCH(QByteArray, pointer);
        const auto parsed = JsonPointer::parse(ByteView(pointer));
        QVERIFY(!parsed);
        QTEST(int(parsed.error().place), "place");
        QVERIFY(!parsed.error().reason.empty());
    }

private:
    static const JsonDocument &standard()
    {
        static const JsonDocument document =
            *JsonDocument::parse("{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, \"e^f\": 3, \"g|h\": "
                                 "4, \"i\\\\j\": 5, \"k\\\"l\": 6, \" \": 7, \"m~n\": 8}");
        return document;
    }
};

PUSHSCOPE_TEST(JsonPointerTest)
#include "jsonpointertest.moc"
