#include "core/base/headerfield.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <type_traits>
#include <vector>

using namespace pushscope;

class HeaderFieldTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesHaveNoCase()
    {
        QVERIFY(equalsIgnoreCase("Content-Type", "content-TYPE"));
        QVERIFY(!equalsIgnoreCase("Content-Type", "Content-Typ"));
        QVERIFY(!equalsIgnoreCase("\xC3\x84", "\xC3\xA4")); // of ASCII only
    }

    void theFirstOfTheNameIsFound()
    {
        const std::vector<HeaderField> fields = {{"Accept", "a"}, {"X-Own", "b"}, {"x-own", "c"}};
        QCOMPARE(fieldNamed(fields, "X-OWN"), &fields[1]);
        QCOMPARE(fieldNamed(fields, "X-Ow"), nullptr);
        static_assert(std::is_same_v<decltype(fieldNamed(fields, "")), const HeaderField *>);
    }

    void whatIsFoundCanBeChanged()
    {
        std::vector<HeaderField> fields = {{"Cookie", "a=b"}};
        fieldNamed(fields, "cookie")->value += "; c=d";
        QCOMPARE(fields[0].value, std::string("a=b; c=d"));
        fields.clear();
        QVERIFY(!fieldNamed(fields, "cookie"));
    }
};

PUSHSCOPE_TEST(HeaderFieldTest)
#include "headerfieldtest.moc"
