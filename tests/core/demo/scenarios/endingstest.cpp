#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>

using namespace pushscope;

class EndingScenariosTest : public QObject
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

    void cutsMidEvent()
    {
        QCOMPARE(m_run->stream("/scenario/cut-mid-event"),
                 QByteArray("retry: 500\n\nid: 1\ndata: a whole event\n\nid: 2\ndata: this time it is not whcut FIN"));
        QCOMPARE(m_run->stream("/scenario/cut-mid-event", "1"),
                 QByteArray("id: 2\ndata: this time it is whole\n\nend"));
        QCOMPARE(m_run->stream("/scenario/cut-mid-event", "2"), QByteArray("204 end"));
    }

    void resets()
    {
        QCOMPARE(m_run->stream("/scenario/reset?interval=0"),
                 QByteArray("retry: 500\n\nid: 1\ndata: an event, then RST\n\ncut RST"));
        QCOMPARE(m_run->stream("/scenario/reset", "1"), QByteArray("id: 2\ndata: back after the reset\n\nend"));
        QCOMPARE(m_run->stream("/scenario/reset", "2"), QByteArray("204 end"));
    }

    void sendsLessThanAnnounced()
    {
        QCOMPARE(m_run->answer("/scenario/short-content"),
                 QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: "
                            "no-store\r\nContent-Length: 54\r\n\r\n"
                            "id: 1\ndata: ten bytes fewer than announced\n\n FIN"));
        QCOMPARE(m_run->stream("/scenario/short-content", "1"), QByteArray("204 end"));
    }

    void neverAnswers() { QCOMPARE(m_run->answer("/scenario/never-answered?interval=0"), QByteArray(" FIN")); }
};

PUSHSCOPE_TEST(EndingScenariosTest)
#include "endingstest.moc"
