#include "core/engine/publicsuffix.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class PublicSuffixTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsThem()
    {
        QVERIFY(isPublicSuffix("com"));
        QVERIFY(isPublicSuffix("co.uk"));
        QVERIFY(isPublicSuffix("github.io"));
        QVERIFY(!isPublicSuffix("example.com"));
        QVERIFY(!isPublicSuffix("example.co.uk"));
        QVERIFY(!isPublicSuffix(""));
    }
};

PUSHSCOPE_TEST(PublicSuffixTest)
#include "publicsuffixtest.moc"
