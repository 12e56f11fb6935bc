#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

class ResumeScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void streams_data()
    {
        addStreamColumns();
        QTest::newRow("drop, first connection")
            << QByteArray("resume-after-drop?interval=0") << QByteArray("")
            << QByteArray(
                   "retry: 500\n\nid: 1\ndata: event 1\n\nid: 2\ndata: event 2\n\nid: 3\ndata: event 3\n\ncut FIN");
        QTest::newRow("drop, second")
            << QByteArray("resume-after-drop?interval=0") << QByteArray("3")
            << QByteArray(
                   "retry: 500\n\nid: 4\ndata: event 4\n\nid: 5\ndata: event 5\n\nid: 6\ndata: event 6\n\ncut FIN");
        QTest::newRow("drop, last")
            << QByteArray("resume-after-drop?interval=0") << QByteArray("6")
            << QByteArray("retry: 500\n\nid: 7\ndata: event 7\n\nid: 8\ndata: event 8\n\nid: 9\ndata: event 9\n\nend");
        QTest::newRow("drop, afterwards")
            << QByteArray("resume-after-drop?interval=0") << QByteArray("9") << QByteArray("204 end");
        QTest::newRow("drop, shaped") << QByteArray("resume-after-drop?interval=0&drop=2&count=3&retry=7")
                                      << QByteArray("")
                                      << QByteArray(
                                             "retry: 7\n\nid: 1\ndata: event 1\n\nid: 2\ndata: event 2\n\ncut FIN");
        QTest::newRow("gap, first")
            << QByteArray("resume-gap?interval=0") << QByteArray("")
            << QByteArray(
                   "retry: 500\n\nid: 1\ndata: event 1\n\nid: 2\ndata: event 2\n\nid: 3\ndata: event 3\n\ncut FIN");
        QTest::newRow("gap, second")
            << QByteArray("resume-gap?interval=0") << QByteArray("3")
            << QByteArray("retry: 500\n\nevent: reset\ndata: {\"from\":4,\"oldest\":9}\n\nid: 9\ndata: event 9\n\nid: "
                          "10\ndata: event 10\n\nid: 11\ndata: event 11\n\nend");
        QTest::newRow("gap, afterwards") << QByteArray("resume-gap?interval=0") << QByteArray("11")
                                         << QByteArray("204 end");
        QTest::newRow("duplicates, first")
            << QByteArray("duplicate-ids?interval=0") << QByteArray("")
            << QByteArray("retry: 500\n\nid: 1\ndata: event 1\n\nid: 2\ndata: event 2\n\nid: 2\ndata: event 2\n\nid: "
                          "3\ndata: event 3\n\ncut FIN");
        QTest::newRow("duplicates, second") << QByteArray("duplicate-ids?interval=0") << QByteArray("3")
                                            << QByteArray("retry: 500\n\nid: 2\ndata: event 2\n\nid: 3\ndata: event "
                                                          "3\n\nid: 4\ndata: event 4\n\nid: 5\ndata: event 5\n\nend");
        QTest::newRow("duplicates, afterwards")
            << QByteArray("duplicate-ids?interval=0") << QByteArray("5") << QByteArray("204 end");
        QTest::newRow("retry, first") << QByteArray("retry-changed?interval=0") << QByteArray("")
                                      << QByteArray(
                                             "retry: 5000\n\nid: 1\ndata: the reconnection time is the first "
                                             "one\n\nretry: 200\n\nid: 2\ndata: and now it is another\n\ncut FIN");
        QTest::newRow("retry, second") << QByteArray("retry-changed") << QByteArray("2")
                                       << QByteArray("id: 3\ndata: back after the second reconnection time\n\nend");
        QTest::newRow("retry, afterwards") << QByteArray("retry-changed") << QByteArray("3") << QByteArray("204 end");
        QTest::newRow("204, first") << QByteArray("status-204?interval=0") << QByteArray("")
                                    << QByteArray("retry: 500\n\nid: 1\ndata: event 1\n\nid: 2\ndata: event 2\n\nend");
        QTest::newRow("204, second") << QByteArray("status-204") << QByteArray("2") << QByteArray("204 end");
    }

    void streams() { compareStream(); }
};

PUSHSCOPE_TEST(ResumeScenariosTest)
#include "resumetest.moc"
