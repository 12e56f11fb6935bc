#include "core/demo/democonnection.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>

using namespace pushscope;

class DemoConnectionTest : public QObject
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

    void speaksHttp1WhenAskedInIt() { QVERIFY(m_run->answer("/favicon.ico").startsWith("HTTP/1.1 204 ")); }

    void tellsTlsWhereItBelongs()
    {
        RawClient client(m_run->port());
        client.send("\x16\x03\x01");
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().starts_with("HTTP/1.1 400 "));
        QVERIFY(client.received().ends_with("the other one speaks TLS.\n"));
    }
};

PUSHSCOPE_TEST(DemoConnectionTest)
#include "democonnectiontest.moc"
