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

    void sendsElsewhere_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("fields");
        const auto row = [](const char *query, const char *fields) {
            QTest::newRow(query) << QByteArray(query) << QByteArray(fields);
        };
        row("to=drops", "Moved Permanently\r\nLocation: /scenario/resume-after-drop?count=2&drop=1&retry=500\r\n");
        row("to=origin", "Moved Permanently\r\nLocation: http://127.0.0.1:@/events\r\n");
        row("to=error", "Moved Permanently\r\nLocation: /scenario/status-500\r\n");
        row("to=nowhere", "Moved Permanently\r\nCache-Control");
        row("to=empty", "Moved Permanently\r\nLocation:\r\n");
        row("status=305", "305 \r\nLocation: /events\r\n");
    }

    void sendsElsewhere()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, fields);
        const QByteArray answer = run().answer("/scenario/redirect?" + query.toStdString());
        QVERIFY2(answer.contains(fields.replace('@', QByteArray::number(run().port()))), answer.constData());
    }

    void knowsWhatCodesThereAre()
    {
        QVERIFY(run().answer("/scenario/redirect?status=306").contains("301, 302, 303, 307, 308, 300, 304 or 305"));
    }
};

PUSHSCOPE_TEST(RedirectScenariosTest)
#include "redirectstest.moc"
