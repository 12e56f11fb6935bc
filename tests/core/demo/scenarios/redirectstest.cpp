#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

class RedirectScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void redirects_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("phrase");
        QTest::newRow("301") << QByteArray("301") << QByteArray("Moved Permanently");
        QTest::newRow("302") << QByteArray("302") << QByteArray("Found");
        QTest::newRow("303") << QByteArray("303") << QByteArray("See Other");
        QTest::newRow("307") << QByteArray("307") << QByteArray("Temporary Redirect");
        QTest::newRow("308") << QByteArray("308") << QByteArray("Permanent Redirect");
    }

    void redirects()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, phrase);
        QCOMPARE(run().answer("/scenario/redirect?status=" + status.toStdString()),
                 "HTTP/1.1 " + status + " " + phrase +
                     "\r\nLocation: /events\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n FIN");
    }

    void loops()
    {
        QVERIFY(run().answer("/scenario/redirect-loop").contains("\r\nLocation: /scenario/redirect-loop\r\n"));
    }

    void knowsFiveCodes()
    {
        QVERIFY(run().answer("/scenario/redirect?status=300").contains("301, 302, 303, 307 or 308"));
    }
};

PUSHSCOPE_TEST(RedirectScenariosTest)
#include "redirectstest.moc"
