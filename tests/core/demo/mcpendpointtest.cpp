#include "core/demo/mcpendpoint.h"

#include "tests/core/demo/mcppost.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>

using namespace pushscope;

namespace {

constexpr const char *Initialize = R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{}})";
constexpr const char *Ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
constexpr const char *Count = R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"count",)"
                              R"("arguments":{"to":2,"interval":1},"_meta":{"progressToken":"p"}}})";

} // namespace

/// Streamable HTTP (MCP 2025-06-18).
class McpEndpointTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_run = std::make_unique<DemoRun>(); }
    void cleanup() { m_run.reset(); }

    void answersByAccept_data()
    {
        QTest::addColumn<QByteArray>("accept");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("type");
        const QByteArray both = "application/json, text/event-stream";
        const QByteArray events = "Text/Event-Stream;q=1";
        const QByteArray json = "application/json";
        QTest::newRow("one message") << both << QByteArray(Ping) << QByteArray("200 OK") << json;
        QTest::newRow("several") << both << QByteArray(Count) << QByteArray("200 OK")
                                 << QByteArray("text/event-stream");
        QTest::newRow("one event") << events << QByteArray(Ping) << QByteArray("200 OK")
                                   << QByteArray("text/event-stream");
        QTest::newRow("the reply alone") << json << QByteArray(Count) << QByteArray("200 OK") << json;
        QTest::newRow("anything") << QByteArray("*/*") << QByteArray(Ping) << QByteArray("200 OK") << json;
        QTest::newRow("a range") << QByteArray("text/*") << QByteArray(Ping) << QByteArray("200 OK")
                                 << QByteArray("text/event-stream");
        QTest::newRow("neither") << QByteArray("image/png") << QByteArray(Ping) << QByteArray("406 Not Acceptable")
                                 << QByteArray("text/plain");
        QTest::newRow("no message") << both << QByteArray("[]") << QByteArray("400 Bad Request") << json;
        QTest::newRow("a notification") << both << QByteArray(R"({"jsonrpc":"2.0","method":"x"})")
                                        << QByteArray("202 Accepted") << QByteArray();
    }
    void answersByAccept()
    {
        QFETCH(QByteArray, accept);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, type);
        const QByteArray answer = ask("POST", body.toStdString(), "Accept: " + accept.toStdString() + "\r\n");
        QVERIFY2(answer.startsWith("HTTP/1.1 " + status + "\r\n"), answer);
        QCOMPARE(answer.contains("\r\nContent-Type: " + type), !type.isEmpty());
        QCOMPARE(answer.count("notifications/progress"), body == Count && type == "text/event-stream" ? 2 : 0);
        QCOMPARE(answer.contains("Counted to 2"), body == Count);
    }

    void aSessionBeginsAndEnds()
    {
        const std::string session = "Mcp-Session-Id: " + begin() + "\r\n";
        QVERIFY(ask("POST", Ping, session).startsWith("HTTP/1.1 200 "));
        QVERIFY(ask("POST", Ping, session + "MCP-Protocol-Version: 2025-06-18\r\n").startsWith("HTTP/1.1 200 "));
        QVERIFY(ask("POST", Ping, session + "MCP-Protocol-Version: 1\r\n").startsWith("HTTP/1.1 400 "));
        RawClient reader(m_run->port());
        reader.send(getRequest(m_run->port(), "/mcp", session));
        QVERIFY(reader.readUntil("demo-1"));
        QVERIFY(ask("GET", {}, session + "Accept: application/json\r\n").startsWith("HTTP/1.1 406 "));
        QVERIFY(ask("DELETE", {}, session).startsWith("HTTP/1.1 204 "));
        QVERIFY(reader.readUntil("0\r\n\r\n"));
        for (const char *method : {"POST", "GET", "DELETE"})
            QVERIFY(ask(method, Ping, session).startsWith("HTTP/1.1 404 "));
        QVERIFY(ask("GET").startsWith("HTTP/1.1 400 "));
        QVERIFY(ask("DELETE").startsWith("HTTP/1.1 400 "));
        QVERIFY(ask("PUT").contains("\r\nAllow: GET, POST, DELETE\r\n"));
    }

    /// Whoever lost the session's stream opens it again, before the server knows that it was lost.
    void aStreamIsOpenedAgain()
    {
        const std::string session = "Mcp-Session-Id: " + begin() + "\r\n";
        RawClient first(m_run->port());
        RawClient second(m_run->port());
        for (RawClient *reader : {&first, &second}) {
            reader->send(getRequest(m_run->port(), "/mcp", session));
            QVERIFY(reader->readUntil("demo-1"));
        }
        QVERIFY(first.readUntil("0\r\n\r\n"));
        QVERIFY(ask("DELETE", {}, session).startsWith("HTTP/1.1 204 "));
        QVERIFY(second.readUntil("0\r\n\r\n"));
    }

    /// A page elsewhere can't make it speak.
    void isGuardedLikeOtherPosts()
    {
        QVERIFY(ask("POST", Initialize, "Origin: http://elsewhere.test\r\n").startsWith("HTTP/1.1 403 "));
        QVERIFY(ask("POST", Initialize, "Sec-Fetch-Site: cross-site\r\n").startsWith("HTTP/1.1 403 "));
    }

    void theOlderOneKnowsItsSessionsAlone()
    {
        const auto post = [this](const std::string &target) {
            RawClient client(m_run->port());
            client.send(mcpPost(m_run->port(), target, Ping, "Connection: close\r\n"));
            (void)client.readToEnd();
            return client.received();
        };
        QVERIFY(post("/mcp/messages").starts_with("HTTP/1.1 404 "));
        QVERIFY(post("/mcp/messages?session=" + begin()).starts_with("HTTP/1.1 404 "));
        QVERIFY(post("/mcp/messages?x=1").starts_with("HTTP/1.1 400 "));
    }

private:
    QByteArray ask(const std::string &method, const std::string &body = {}, const std::string &fields = {})
    {
        RawClient client(m_run->port());
        Bytes request = mcpPost(m_run->port(), "/mcp", body, fields + "Connection: close\r\n");
        client.send(request.replace(0, 4, method));
        (void)client.readToEnd();
        return QByteArray::fromStdString(client.received());
    }
    std::string begin() { return restOfLine(ask("POST", Initialize).toStdString(), "Mcp-Session-Id: "); }

    std::unique_ptr<DemoRun> m_run;
};

PUSHSCOPE_TEST(McpEndpointTest)
#include "mcpendpointtest.moc"
