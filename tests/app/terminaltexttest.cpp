#include "app/terminaltext.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace pushscope;

class TerminalTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isShownNotObeyed_data()
    {
        using namespace std::string_literals;
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("shown");
        QTest::newRow("words") << "Grüße, 世界 👋 \\x"s
                               << "Grüße, 世界 👋 \\x"s;
        QTest::newRow("nothing") << ""s
                                 << ""s;
        QTest::newRow("C0") << "a\x1b[31m\r\n\0b"s
                            << "a\\x1b[31m\\x0d\\x0a\\x00b"s;
        QTest::newRow("DEL") << "\x7f"s
                             << "\\x7f"s;
        QTest::newRow("C1") << "\u0080\u009b31m\u009f\u00a0"s
                            << "\\u0080\\u009b31m\\u009f\u00a0"s;
        QTest::newRow("C1 as a byte") << "\x9b\x33\x31m"s
                                      << "\\x9b31m"s;
        QTest::newRow("overrides") << "\u202aa\u202eb\u202c"s
                                   << "\\u202aa\\u202eb\\u202c"s;
        QTest::newRow("isolates and marks") << "\u2066\u2069\u200e\u200f\u061c"s
                                            << "\\u2066\\u2069\\u200e\\u200f\\u061c"s;
        QTest::newRow("line breaks") << "\u2028\u2029"s
                                     << "\\u2028\\u2029"s;
        QTest::newRow("their neighbours") << "\u200d\u2027\u202f\u2065\u206a"s
                                          << "\u200d\u2027\u202f\u2065\u206a"s;
        QTest::newRow("no UTF-8") << "\xff\xc3(\xe2\x82"s
                                  << "\\xff\\xc3(\\xe2\\x82"s;
        QTest::newRow("overlong") << "\xc0\x9b\xe0\x80\x9b"s
                                  << "\\xc0\\x9b\\xe0\\x80\\x9b"s;
        QTest::newRow("a surrogate") << "\xed\xa0\x80"s
                                     << "\\xed\\xa0\\x80"s;
    }

    void isShownNotObeyed()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, shown);
        QCOMPARE(terminalText(text), shown);
    }
};

PUSHSCOPE_TEST(TerminalTextTest)

#include "terminaltexttest.moc"
