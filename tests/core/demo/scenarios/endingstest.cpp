#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

class EndingScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void cutsMidEvent()
    {
        QCOMPARE(run().stream("/scenario/cut-mid-event"),
                 QByteArray("retry: 500\n\nid: 1\ndata: a whole event\n\nid: 2\ndata: this time it is not whcut FIN"));
        QCOMPARE(run().stream("/scenario/cut-mid-event", "1"), QByteArray("id: 2\ndata: this time it is whole\n\nend"));
        QCOMPARE(run().stream("/scenario/cut-mid-event", "2"), QByteArray("204 end"));
    }

    void resets()
    {
        QCOMPARE(run().stream("/scenario/reset?interval=0"),
                 QByteArray("retry: 500\n\nid: 1\ndata: an event, then RST\n\ncut RST"));
        QCOMPARE(run().stream("/scenario/reset", "1"), QByteArray("id: 2\ndata: back after the reset\n\nend"));
        QCOMPARE(run().stream("/scenario/reset", "2"), QByteArray("204 end"));
    }

    void sendsLessThanAnnounced()
    {
        QCOMPARE(run().answer("/scenario/short-content"),
                 QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: "
                            "no-store\r\nContent-Length: 54\r\n\r\n"
                            "id: 1\ndata: ten bytes fewer than announced\n\n FIN"));
        QCOMPARE(run().stream("/scenario/short-content", "1"), QByteArray("204 end"));
    }

    void neverAnswers() { QCOMPARE(run().answer("/scenario/never-answered?interval=0"), QByteArray(" FIN")); }
};

PUSHSCOPE_TEST(EndingScenariosTest)
#include "endingstest.moc"
