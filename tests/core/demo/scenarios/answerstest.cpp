#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

class AnswerScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n";
        QTest::newRow("500") << QByteArray("status-500")
                             << QByteArray(
                                    "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                    "Content-Length: 44\r\n\r\nThe scenario's server is broken on purpose.\n FIN");
        QTest::newRow("401") << QByteArray("status-401")
                             << QByteArray(
                                    "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                    "WWW-Authenticate: Basic realm=\"pushscope demo\"\r\nContent-Length: 23\r\n\r\n"
                                    "Nobody is let in here.\n FIN");
        QTest::newRow("type")
            << QByteArray("wrong-content-type")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 63\r\n\r\n"
                          "<!doctype html><title>Not a stream</title>\ndata: not an event\n\n FIN");
        QTest::newRow("any") << QByteArray("answer?status=210&type=text%2Fplain&earlier=a%2Fb")
                             << QByteArray("HTTP/1.1 210 \r\nCache-Control: no-store\r\nContent-Type: a/b\r\n"
                                           "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n") +
                                    QByteArray::fromStdString(chunk("id: 1\ndata: the content of 210\n\n")) +
                                    "0\r\n\r\n FIN";
        QTest::newRow("any without content") << QByteArray("answer?status=304&type=")
                                             << QByteArray("HTTP/1.1 304 \r\nCache-Control: no-store\r\n\r\n FIN");
        QTest::newRow("any status line")
            << QByteArray("answer?line=no-reason")
            << QByteArray("HTTP/1.1 200\r\nCache-Control: no-store\r\nContent-Type: text/event-stream\r\n\r\n"
                          "id: 1\ndata: the content of 200\n\n FIN");
        QTest::newRow("any version")
            << QByteArray("answer?line=http-1.0")
            << QByteArray("HTTP/1.0 200 Whatever\r\nCache-Control: no-store\r\nContent-Type: text/event-stream\r\n\r\n"
                          "id: 1\ndata: the content of 200\n\n FIN");
        QTest::newRow("a field of two lines")
            << QByteArray("answer?type=a%0D%0AX:%201")
            << QByteArray("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
                          "Content-Length: 35\r\n\r\nA field has no control characters.\n FIN");
        QTest::newRow("empty") << QByteArray("empty-200")
                               << stream + "X-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n FIN";
        const QByteArray first = "id: 1\ndata: the length was announced\n\n";
        const QByteArray second = "id: 2\ndata: so no third event can ever follow\n\n";
        QTest::newRow("length") << QByteArray("content-length?interval=0")
                                << stream + "Content-Length: " + QByteArray::number(first.size() + second.size()) +
                                       "\r\n\r\n" + first + second + " FIN";
        QTest::newRow("slow") << QByteArray("slow-headers?interval=0")
                              << stream + "\r\nid: 1\ndata: the head came line by line\n\n FIN";
        QTest::newRow("hints") << QByteArray("early-hints?interval=0")
                               << "HTTP/1.1 103 Early Hints\r\nLink: </demo.css>; rel=preload; as=style\r\n\r\n" +
                                      stream + "X-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n" +
                                      QByteArray::fromStdString(chunk("id: 1\ndata: behind an interim answer\n\n")) +
                                      "0\r\n\r\n FIN";
        QTest::newRow("extensions")
            << QByteArray("chunk-extensions")
            << stream + "Transfer-Encoding: chunked\r\nTrailer: X-Events\r\n\r\n"
                        "25;part=1;note=\"one; of two\"\r\nid: 1\ndata: a chunk with extensions\n\n\r\n"
                        "2a;part=2\r\nid: 2\ndata: and trailers behind the last\n\n\r\n"
                        "0\r\nX-Events: 2\r\n\r\n FIN";
    }

    void answers()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, expected);
        QCOMPARE(run().answer("/scenario/" + target.toStdString()), expected);
    }

    void answersHttp10_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
                                  "X-Accel-Buffering: no\r\nConnection: close\r\n\r\n";
        QTest::newRow("no chunks") << QByteArray("empty-200") << stream;
        QTest::newRow("no interim answer")
            << QByteArray("early-hints?interval=0") << stream + "id: 1\ndata: behind an interim answer\n\n";
        QTest::newRow("nothing to extend")
            << QByteArray("chunk-extensions")
            << QByteArray("HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Type: text/plain; charset=utf-8\r\n"
                          "Content-Length: 51\r\nConnection: close\r\n\r\n"
                          "HTTP/1.0 has no chunks to extend; ask in HTTP/1.1.\n");
    }

    void answersHttp10()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, expected);
        RawClient client(run().port());
        client.send("GET /scenario/" + target.toStdString() + " HTTP/1.0\r\n\r\n");
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QCOMPARE(QByteArray::fromStdString(withoutDate(client.received())), expected);
    }

    void writesTheHeadLineByLine()
    {
        RawClient client(run().port());
        client.send(getRequest(run().port(), "/scenario/slow-headers?interval=60000"));
        QVERIFY(client.readUntil("\r\n"));
        QCOMPARE(client.received(), Bytes("HTTP/1.1 200 OK\r\n"));
    }

    void doesNotComeBackForMore()
    {
        QCOMPARE(run().stream("/scenario/slow-headers", "1"), QByteArray("204 end"));
        QCOMPARE(run().stream("/scenario/early-hints", "1"), QByteArray("204 end"));
        QCOMPARE(run().stream("/scenario/content-length", "2"), QByteArray("204 end"));
        QCOMPARE(run().stream("/scenario/chunk-extensions", "2"), QByteArray("204 end"));
    }
};

PUSHSCOPE_TEST(AnswerScenariosTest)
#include "answerstest.moc"
