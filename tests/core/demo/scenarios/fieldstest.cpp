#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

class FieldScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void streams_data()
    {
        addStreamColumns();
        QTest::newRow("bogus retry") << QByteArray("bogus-retry") << QByteArray("")
                                     << QByteArray(
                                            "retry: 1500\n\nid: 1\ndata: the reconnection time is 1500 ms\n\nretry: "
                                            "1000x\nretry: -1\nretry: 1.5\nretry:\nretry\nretry: \xEF\xBC\x95\n\nid: "
                                            "2\ndata: and it still is: only ASCII digits count\n\nend");
        QTest::newRow("NUL in an id") << QByteArray("nul-id") << QByteArray("")
                                      << QByteArray(QByteArray("id: 1\ndata: the last event ID is 1\n\nid: 2") + '\0' +
                                                    "x\ndata: an id with NUL is ignored, it still is 1\n\nend");
        QTest::newRow("byte order marks")
            << QByteArray("bom") << QByteArray("")
            << QByteArray("\xEF\xBB\xBF"
                          "id: 1\ndata: one byte order mark at the start is skipped\n\n\xEF\xBB\xBF"
                          "data: a second one is part of the field name\nid: 2\ndata: so that this block has this line "
                          "only\n\nend");
        QTest::newRow("several lines") << QByteArray("multi-line-data") << QByteArray("")
                                       << QByteArray(
                                              "id: 1\ndata: first line\ndata: second line\n\nid: 2\ndata\ndata\n\nid: "
                                              "3\ndata:no space\ndata:  two spaces\ndata: \n\nend");
        QTest::newRow("unknown fields") << QByteArray("unknown-fields") << QByteArray("")
                                        << QByteArray(
                                               "id: 1\nheaders: {}\nData: names are case-sensitive\n data: no space "
                                               "before\ndata: what counts\n\n: a comment\nid: 2\ndata: done\n\nend");
        QTest::newRow("afterwards") << QByteArray("bom") << QByteArray("2") << QByteArray("204 end");
    }

    void streams() { compareStream(); }

    void heartbeats()
    {
        RawClient client(run().port());
        client.send(getRequest(run().port(), "/scenario/heartbeat-only?interval=1"));
        QVERIFY(client.readUntil(chunk(": heartbeat\n\n") + chunk(": heartbeat\n\n") + chunk(": heartbeat\n\n")));
    }

    void isSilent()
    {
        RawClient client(run().port());
        client.send(getRequest(run().port(), "/scenario/silent"));
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.received().find("text/event-stream") != Bytes::npos);
        QVERIFY(client.received().ends_with("\r\n\r\n"));
    }
};

PUSHSCOPE_TEST(FieldScenariosTest)
#include "fieldstest.moc"
