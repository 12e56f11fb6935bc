#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

class LineScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void streams_data()
    {
        addStreamColumns();
        QTest::newRow("line endings")
            << QByteArray("line-endings?interval=0") << QByteArray("")
            << QByteArray("id: 1\ndata: LF\n\nid: 2\rdata: CR\r\rid: 3\r\ndata: CRLF\r\n\r\nid: 4\rdata: CR, then "
                          "LF\n\r\nid: 5\r\ndata: CRLF in two writes\r\n\r\nid: 6\ndata: done\n\nend");
        QTest::newRow("one byte a write")
            << QByteArray("one-byte-writes?interval=0") << QByteArray("")
            << QByteArray("id: 1\ndata: one byte a write \xE2\x82\xAC\n\nid: 2\ndata: done\n\nend");
        QTest::newRow("one byte a write, identity")
            << QByteArray("one-byte-writes?interval=0&framing=identity") << QByteArray("")
            << QByteArray("id: 1\ndata: one byte a write \xE2\x82\xAC\n\nid: 2\ndata: done\n\ncut FIN");
        QTest::newRow("split UTF-8") << QByteArray("split-utf8?interval=0") << QByteArray("")
                                     << QByteArray("id: 1\ndata: euro \xE2\x82\xAC, clef \xF0\x9D\x84\x9E\n\nid: "
                                                   "2\ndata: cut \xE2\x82 and wrong \xFF become U+FFFD\n\nend");
        QTest::newRow("unterminated")
            << QByteArray("final-event-unterminated") << QByteArray("")
            << QByteArray("id: 1\ndata: the last whole event\n\nid: 2\ndata: no blank line follows\nend");
        QTest::newRow("afterwards") << QByteArray("line-endings") << QByteArray("6") << QByteArray("204 end");
    }

    void streams() { compareStream(); }

    void writesEachByteInAChunk()
    {
        RawClient client(run().port());
        client.send(getRequest(run().port(), "/scenario/one-byte-writes?interval=0"));
        QVERIFY(client.readUntil(chunk("i") + chunk("d") + chunk(":") + chunk(" ") + chunk("1") + chunk("\n")));
    }

    void cutsBetweenCrAndLf()
    {
        RawClient client(run().port());
        client.send(getRequest(run().port(), "/scenario/line-endings?interval=0"));
        QVERIFY(client.readUntil(chunk("id: 5\r\ndata: CRLF in two writes\r\n\r") + chunk("\nid: 6\ndata: done\n\n")));
    }
};

PUSHSCOPE_TEST(LineScenariosTest)
#include "linestest.moc"
