#include "core/demo/mcpstream.h"

#include "tests/core/demo/mcppost.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

/// HTTP with SSE (MCP 2024-11-05).
class McpStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhereToPostAndRepliesThere()
    {
        const DemoRun run;
        RawClient reader(run.port());
        reader.send(getRequest(run.port(), "/mcp/sse"));
        QVERIFY(reader.readUntil("demo-1"));
        QVERIFY(reader.received().find("event: endpoint\ndata: /mcp/messages?session=") <
                reader.received().find("demo-1"));
        const Bytes endpoint = restOfLine(reader.received(), "event: endpoint\ndata: ");
        RawClient writer(run.port());
        writer.send(mcpPost(run.port(), endpoint,
                            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count",)"
                            R"("arguments":{"to":3,"interval":20},"_meta":{"progressToken":"p"}}})"));
        QVERIFY(writer.readUntil("HTTP/1.1 202 "));
        writer.send(mcpPost(run.port(), endpoint, R"({"jsonrpc":"2.0","id":2,"method":"ping"})"));
        QVERIFY(reader.readUntil("Counted to 3"));
        // The quick reply overtakes the slow one; the numbers come in order.
        const Bytes &seen = reader.received();
        QVERIFY(seen.find(R"({"id":2,)") < seen.find("Counted to 3"));
        QVERIFY(seen.find(R"("progress":1)") < seen.find(R"("progress":2)"));
        QVERIFY(seen.find(R"("progress":3)") < seen.find("Counted to 3"));
    }

    void keepsALimitedNumberOfReplies()
    {
        const DemoRun run;
        RawClient reader(run.port());
        reader.send(getRequest(run.port(), "/mcp/sse"));
        QVERIFY(reader.readUntil("demo-1"));
        const Bytes endpoint = restOfLine(reader.received(), "event: endpoint\ndata: ");
        RawClient writer(run.port());
        for (int i = 0; i < 10; ++i)
            writer.send(mcpPost(run.port(), endpoint,
                                R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count",)"
                                R"("arguments":{"to":100,"interval":10000},"_meta":{"progressToken":"p"}}})"));
        QVERIFY(writer.readUntil("HTTP/1.1 503 "));
    }

    void endsItsSession()
    {
        const DemoRun run;
        Bytes endpoint;
        {
            RawClient reader(run.port());
            reader.send(getRequest(run.port(), "/mcp/sse"));
            QVERIFY(reader.readUntil("demo-1"));
            endpoint = restOfLine(reader.received(), "event: endpoint\ndata: ");
        }
        const auto isOver = [&] {
            RawClient writer(run.port());
            writer.send(mcpPost(run.port(), endpoint, R"({"jsonrpc":"2.0","id":2,"method":"ping"})"));
            (void)writer.readUntil("\r\n\r\n");
            return writer.received().starts_with("HTTP/1.1 404 ");
        };
        QTRY_VERIFY(isOver());
    }
};

PUSHSCOPE_TEST(McpStreamTest)
#include "mcpstreamtest.moc"
