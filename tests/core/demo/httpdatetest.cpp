#include "core/demo/httpdate.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class HttpDateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesImfFixdate()
    {
        // The example of RFC 9110 section 5.6.7.
        QCOMPARE(httpDate(784'111'777'000'000'000), std::string("Sun, 06 Nov 1994 08:49:37 GMT"));
        QCOMPARE(httpDate(0), std::string("Thu, 01 Jan 1970 00:00:00 GMT"));
    }
};

PUSHSCOPE_TEST(HttpDateTest)
#include "httpdatetest.moc"
