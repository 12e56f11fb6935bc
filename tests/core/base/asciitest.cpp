#include "core/base/ascii.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class AsciiTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lowersLettersOnly()
    {
        QCOMPARE(lowered(std::string_view("AZaz@[`{09")), std::string("azaz@[`{09"));
        QCOMPARE(lowered(std::string_view("\xC3\x84")), std::string("\xC3\x84"));
    }

    void trims()
    {
        QVERIFY(trimmed(" \ta b\t ", OptionalWhitespace) == "a b");
        QVERIFY(trimmed("a", OptionalWhitespace) == "a");
        QVERIFY(trimmed("\na\r", OptionalWhitespace) == "\na\r");
        QVERIFY(trimmed(" \t ", OptionalWhitespace).empty());
        QVERIFY(trimmed("", OptionalWhitespace).empty());
        QVERIFY(withoutTrailing(" a ", OptionalWhitespace) == " a");
    }
};

PUSHSCOPE_TEST(AsciiTest)
#include "asciitest.moc"
