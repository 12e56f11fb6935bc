#include "core/wire/http/headers.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class HeadersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOrderAndCase()
    {
        Headers headers{{"X-B", "1"}, {"x-a", "2"}};
        headers.add("X-b", "3");
        QCOMPARE(printed(headers), std::string("X-B=1|x-a=2|X-b=3|"));
        QCOMPARE(headers.value("x-B").value(), std::string_view("1"));
        QCOMPARE(headers.lastValue("X-B").value(), std::string_view("3"));
        QCOMPARE(headers.combined("x-b"), std::string("1, 3"));
        QVERIFY(headers.contains("X-A"));
        QVERIFY(!headers.contains("X"));
        QVERIFY(!headers.value("absent").has_value());
        QCOMPARE(headers.combined("absent"), std::string());
    }

    void setReplacesInPlace()
    {
        Headers headers{{"A", "1"}, {"b", "2"}, {"a", "3"}, {"c", "4"}};
        headers.set("A", "new");
        QCOMPARE(printed(headers), std::string("A=new|b=2|c=4|"));
        headers.set("D", "5");
        QCOMPARE(printed(headers), std::string("A=new|b=2|c=4|D=5|"));
        headers.remove("B");
        QCOMPARE(printed(headers), std::string("A=new|c=4|D=5|"));
    }

    void lists_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("elements");
        QTest::newRow("plain") << QByteArray("a, b,c") << QByteArray("a|b|c|");
        QTest::newRow("empty elements") << QByteArray(", ,a ,\t,b,") << QByteArray("a|b|");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("");
        QTest::newRow("quoted comma") << QByteArray("x=\"a,b\", c") << QByteArray("x=\"a,b\"|c|");
        QTest::newRow("quoted pair") << QByteArray("\"a\\\",b\",c") << QByteArray("\"a\\\",b\"|c|");
        QTest::newRow("quote without end") << QByteArray("a,\"b,c") << QByteArray("a|\"b,c|");
        QTest::newRow("backslash at the end") << QByteArray("a,\"b\\") << QByteArray("a|\"b\\|");
    }
    void lists()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, elements);
        std::string found;
        for (const std::string &element : Headers{{"L", value.toStdString()}}.list("l"))
            found += element + '|';
        QCOMPARE(found, elements.toStdString());
    }

    void tokens()
    {
        const Headers headers{{"Connection", "keep-alive, Upgrade"}, {"connection", "x"}};
        QVERIFY(headers.hasToken("CONNECTION", "upgrade"));
        QVERIFY(headers.hasToken("Connection", "X"));
        QVERIFY(!headers.hasToken("Connection", "keep"));
        QVERIFY(isToken("a-Z_9!"));
        QVERIFY(!isToken(""));
        QVERIFY(!isToken("a b"));
        QVERIFY(!isToken("a:"));
    }

    void mediaTypes_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("essence");
        QTest::newRow("plain") << QByteArray("text/event-stream") << QByteArray("text/event-stream");
        QTest::newRow("upper case") << QByteArray("Text/Event-Stream;x") << QByteArray("text/event-stream");
        QTest::newRow("semicolon alone") << QByteArray("text/event-stream;") << QByteArray("text/event-stream");
        QTest::newRow("spaces") << QByteArray(" text/event-stream ; charset=utf-8 ") << QByteArray("text/event-stream");
        QTest::newRow("bogus") << QByteArray("x bogus") << QByteArray("");
        QTest::newRow("no subtype") << QByteArray("text/") << QByteArray("");
        QTest::newRow("no type") << QByteArray("/html") << QByteArray("");
        QTest::newRow("space before the subtype") << QByteArray("text/ html") << QByteArray("");
        QTest::newRow("space before the slash") << QByteArray("text /html") << QByteArray("");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("");
    }
    void mediaTypes()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, essence);
        QCOMPARE(mediaTypeEssence(value.toStdString()), essence.toStdString());
    }

    void mediaTypeParameters_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("charset");
        QTest::newRow("plain") << QByteArray("a/b;charset=utf-8") << QByteArray("utf-8");
        QTest::newRow("name in upper case") << QByteArray("a/b ; CHARSET=UTF-8 ") << QByteArray("UTF-8");
        QTest::newRow("quoted") << QByteArray("a/b;charset=\"u\\tf;8\"x;y=z") << QByteArray("utf;8");
        QTest::newRow("first wins") << QByteArray("a/b;charset=1;charset=2") << QByteArray("1");
        QTest::newRow("others before") << QByteArray("a/b;;foo=bar;boo;charset=3") << QByteArray("3");
        QTest::newRow("empty is skipped") << QByteArray("a/b;charset=;charset=4") << QByteArray("4");
        QTest::newRow("absent") << QByteArray("a/b;foo=bar") << QByteArray("none");
        QTest::newRow("name alone") << QByteArray("a/b;charset") << QByteArray("none");
        QTest::newRow("quote without end") << QByteArray("a/b;charset=\"5") << QByteArray("5");
    }
    void mediaTypeParameters()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, charset);
        QCOMPARE(mediaTypeParameter(value.toStdString(), "charset").value_or("none"), charset.toStdString());
    }

private:
    static std::string printed(const Headers &headers)
    {
        std::string text;
        for (const HeaderField &field : headers)
            text += field.name + '=' + field.value + '|';
        return text;
    }
};

PUSHSCOPE_TEST(HeadersTest)
#include "headerstest.moc"
