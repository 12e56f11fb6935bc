#include "core/base/jsonpathparser.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class JsonPathParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesWhatTheGrammarHas_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"$",
                                 "$.a",
                                 "$ .a",
                                 "$\n[ 'a' ]",
                                 "$..a",
                                 "$..*",
                                 "$..[*]",
                                 "$.*",
                                 "$['a',\"b\", 0 ,1:2]",
                                 "$[:]",
                                 "$[::]",
                                 "$[1 : 5 : 2]",
                                 "$[-1]",
                                 "$[::-1]",
                                 "$.\xE2\x98\xBA",
                                 "$._a1",
                                 "$[\"\\\"'\"]",
                                 "$['\\'\"']",
                                 "$['\\uD834\\uDD1E']",
                                 "$[\"\\b\\f\\n\\r\\t\\/\\\\\"]",
                                 "$[?@.a]",
                                 "$[? @.a == 'x' ]",
                                 "$[?(@.a)]",
                                 "$[?!@.a]",
                                 "$[?!(@.a == 1)]",
                                 "$[?@.a == 1 || @.b != 2 && @.c < 3]",
                                 "$[?@ > -0]",
                                 "$[?@ >= 1.5e-3]",
                                 "$[?$.x.y == @['z'][0]]",
                                 "$[?@[?@.b]]",
                                 "$[?@.*]",
                                 "$[?true == @.a]",
                                 "$[?@.a,?@.b]",
                                 "$[9007199254740991]"})
            QTest::newRow(text) << QByteArray(text);
    }
    void takesWhatTheGrammarHas()
    {
        QFETCH(QByteArray, text);
        const auto query = parseJsonPath(ByteView(text));
        QVERIFY2(query, query ? "" : query.error().reason.c_str());
    }

    void saysWhereTheTextIsWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("place");
        const auto row = [](const char *text, int place) { QTest::newRow(text) << QByteArray(text) << place; };
        row("", 0);
        row("a", 0);
        row(" $", 0);
        row("$ ", 1);
        row("$.", 2);
        row("$. a", 2);
        row("$.1a", 2);
        row("$..", 3);
        row("$...a", 3);
        row("$a", 1);
        row("$[", 2);
        row("$[]", 2);
        row("$[a]", 2);
        row("$['a'", 5);
        row("$['a", 4);
        row("$['a',]", 6);
        row("$[01]", 2);
        row("$[-0]", 3);
        row("$[-]", 3);
        row("$[9007199254740992]", 2);
        row("$[1:2:3:4]", 7);
        row("$['\\x']", 4);
        row("$['\\\"']", 4);
        row("$['\\u00G0']", 7);
        row("$['\\uD834']", 3);
        row("$['\\uDD1E']", 3);
        row("$['\\uD834\\u0041']", 3);
        row("$['\n']", 3);
        row("$[?]", 3);
        row("$[?1]", 4);
        row("$[?'a']", 6);
        row("$[?@.a == ]", 10);
        row("$[?@.a = 1]", 7);
        row("$[?@.* == 1]", 3);
        row("$[?1 == @..a]", 8);
        row("$[?(@.a]", 7);
        row("$[?!@.a == 1]", 3);
        row("$[?@.a & @.b]", 7);
        row("$[?@.a && ]", 10);
        row("$[?@.a == 01]", 10);
        row("$[?@.a == 1.]", 12);
        row("$[?@.a == .1]", 10);
        row("$[?@.a == 1e]", 12);
        row("$[?@.a == True]", 10);
    }
    void saysWhereTheTextIsWrong()
    {
        QFETCH(QByteArray, text);
        const auto query = parseJsonPath(ByteView(text));
        QVERIFY(!query);
        QTEST(int(query.error().place), "place");
        QVERIFY(!query.error().reason.empty());
    }

    /// Section 2.4: none of the functions is known, and the error says so where it stands.
    void refusesFunctionsByName()
    {
        const auto query = parseJsonPath("$[?length(@.a) > 1]");
        QVERIFY(!query);
        QCOMPARE(query.error().place, std::size_t(3));
        QCOMPARE(query.error().reason, std::string("functions such as length() are not known here"));
    }

    void boundsBracketsInsideEachOther()
    {
        std::string text = "$[?";
        text.append(100'000, '(');
        QVERIFY(!parseJsonPath(text));
        std::string filters = "$";
        for (int i = 0; i < 100'000; ++i)
            filters += "[?@";
        QVERIFY(!parseJsonPath(filters));
        QVERIFY(!parseJsonPath("$[?" + std::string(100'000, '!')));
    }
};

PUSHSCOPE_TEST(JsonPathParserTest)
#include "jsonpathparsertest.moc"
