#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>

using namespace pushscope;

class RedirectScenariosTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<DemoRun> m_run;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

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
        QCOMPARE(m_run->answer("/scenario/redirect?status=" + status.toStdString()),
                 "HTTP/1.1 " + status + " " + phrase +
                     "\r\nLocation: /events\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n FIN");
    }

    void loops()
    {
        QVERIFY(m_run->answer("/scenario/redirect-loop").contains("\r\nLocation: /scenario/redirect-loop\r\n"));
    }

    void knowsFiveCodes()
    {
        QVERIFY(m_run->answer("/scenario/redirect?status=300").contains("301, 302, 303, 307 or 308"));
    }
};

PUSHSCOPE_TEST(RedirectScenariosTest)
#include "redirectstest.moc"
