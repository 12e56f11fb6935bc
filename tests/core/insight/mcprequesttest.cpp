#include "core/insight/mcprequest.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class McpRequestTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resolvesTheEndpointOfTheOlderTransport_data()
    {
        QTest::addColumn<QByteArray>("endpoint");
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("path") << QByteArray("/messages?s=1") << QByteArray("https://h.test/messages?s=1");
        QTest::newRow("relative") << QByteArray("messages/?s=1") << QByteArray("https://h.test/mcp/messages/?s=1");
        QTest::newRow("whole") << QByteArray("https://h.test:443/m") << QByteArray("https://h.test/m");
        QTest::newRow("another host") << QByteArray("https://elsewhere.test/m") << QByteArray("https://h.test/mcp/sse");
        QTest::newRow("another port") << QByteArray("https://h.test:444/m") << QByteArray("https://h.test/mcp/sse");
        QTest::newRow("in clear") << QByteArray("http://h.test/m") << QByteArray("https://h.test/mcp/sse");
        QTest::newRow("none") << QByteArray("ftp://x") << QByteArray("https://h.test/mcp/sse");
    }
    void resolvesTheEndpointOfTheOlderTransport()
    {
        QFETCH(QByteArray, endpoint);
        QFETCH(QByteArray, url);
        CaptureBuilder b;
        McpRequest request(b.capture, SessionId(1), "https://h.test/mcp/sse");
        b.whole(RecordKind::SseEvent, "event: endpoint\ndata: " + endpoint.toStdString() + "\n\n");
        QVERIFY(!request.advance());
        QVERIFY(request.isKnown());
        QCOMPARE(QByteArray::fromStdString(request.url()), url);
        QVERIFY(request.headers().empty());
    }

    void namesSessionAndVersionOfStreamableHttp()
    {
        CaptureBuilder b;
        McpRequest request(b.capture, SessionId(1), "http://h.test/mcp");
        b.whole(RecordKind::HttpBody, R"({"jsonrpc":"2.0","id":0,"method":"initialize"})", Direction::Out);
        QVERIFY(!request.advance());
        QVERIFY(!request.isKnown());
        QVERIFY(request.headers().empty());
        b.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nMcp-Session-Id: s1\r\n\r\n");
        b.whole(RecordKind::HttpBody, R"({"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18"}})");
        QVERIFY(!request.advance());
        QCOMPARE(request.url(), std::string("http://h.test/mcp"));
        QCOMPARE(request.headers(), (std::vector<HeaderField>{{"Accept", "application/json, text/event-stream"},
                                                              {"Mcp-Session-Id", "s1"},
                                                              {"MCP-Protocol-Version", "2025-06-18"}}));
    }

    /// A line break in the JSON of a foreign answer would be one in the request.
    void takesNoFieldThatIsNotVisible()
    {
        CaptureBuilder b;
        McpRequest request(b.capture, SessionId(1), "http://h.test/mcp");
        b.whole(RecordKind::HttpBody, R"({"jsonrpc":"2.0","id":0,"method":"initialize"})", Direction::Out);
        b.whole(RecordKind::HttpBody, R"({"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"1\r\nCookie: x"}})");
        QVERIFY(!request.advance());
        QVERIFY(request.isKnown());
        QCOMPARE(request.headers().size(), std::size_t(1));
    }

    void doesNotReadOnForEver()
    {
        CaptureBuilder b;
        McpRequest request(b.capture, SessionId(1), "http://h.test/mcp");
        for (int i = 0; i < 10'000; ++i)
            b.whole(RecordKind::SseEvent, "data: x\n\n");
        while (request.advance(1000)) {
        }
        b.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nMcp-Session-Id: s1\r\n\r\n");
        QVERIFY(!request.advance());
        QVERIFY(!request.isKnown());
    }
};

PUSHSCOPE_TEST(McpRequestTest)
#include "mcprequesttest.moc"
