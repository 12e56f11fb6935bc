#include "core/wire/http/httphead.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class HttpHeadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void versionsHaveWords()
    {
        QCOMPARE(word(HttpVersion::Http10), std::string_view("1.0"));
        QCOMPARE(word(HttpVersion::Http11), std::string_view("1.1"));
        QCOMPARE(word(HttpVersion::Http2), std::string_view("2"));
    }

    void interimAnswers()
    {
        HttpHead head;
        head.isRequest = false;
        for (const auto &[status, interim] :
             {std::pair(100, true), {103, true}, {101, false}, {200, false}, {99, false}}) {
            head.status = status;
            QCOMPARE(head.isInterim(), interim);
        }
        head.isRequest = true;
        head.status = 100;
        QVERIFY(!head.isInterim());
    }
};

PUSHSCOPE_TEST(HttpHeadTest)
#include "httpheadtest.moc"
