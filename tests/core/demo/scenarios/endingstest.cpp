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

    void neverAnswers()
    {
        const auto answer = [this](const char *with) {
            return run().answer("/scenario/never-answered?interval=0&with=" + std::string(with));
        };
        QCOMPARE(answer("fin"), QByteArray(" FIN"));
        QCOMPARE(answer("reset"), QByteArray(" RST"));
        QCOMPARE(answer("garbage"), QByteArray("This is no status line.\r\n\r\n FIN"));
        QCOMPARE(answer("half-a-head"), QByteArray("HTTP/1.1 200 OK\r\nContent-Ty FIN"));
    }

    void breaksTheChunks()
    {
        const QByteArray answer = run().answer("/scenario/bad-chunk");
        QVERIFY2(answer.endsWith(QByteArray::fromStdString(chunk("retry: 500\n\nid: 1\ndata: in a good chunk\n\n")) +
                                 "zz\r\nid: 2\ndata: in a bad one\n\n\r\n FIN"),
                 answer.constData());
        QCOMPARE(run().stream("/scenario/bad-chunk", "1"), QByteArray("204 end"));
    }
};

PUSHSCOPE_TEST(EndingScenariosTest)
#include "endingstest.moc"
