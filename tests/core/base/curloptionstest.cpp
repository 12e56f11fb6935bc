#include "core/base/curloptions.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class CurlOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsByNameAndLetter()
    {
        const CurlOption *header = findCurlOption("header");
        QVERIFY(header);
        QCOMPARE(findCurlOption('H'), header);
        QVERIFY(header->takesValue);
        QCOMPARE(header->effect, CurlEffect::Header);
        QVERIFY(!findCurlOption("insecure")->takesValue);
    }

    void knowsNothingElse()
    {
        QVERIFY(!findCurlOption("headers"));
        QVERIFY(!findCurlOption(""));
        QVERIFY(!findCurlOption('@'));
        QVERIFY(!findCurlOption('\0'));
    }

    void lettersAreUnique()
    {
        for (char letter = '!'; letter <= '~'; ++letter) {
            if (const CurlOption *option = findCurlOption(letter))
                QCOMPARE(findCurlOption(option->name), option);
        }
    }
};

PUSHSCOPE_TEST(CurlOptionsTest)
#include "curloptionstest.moc"
