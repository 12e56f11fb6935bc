#include "core/insight/rpcledger.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

namespace {

constexpr std::int64_t Millisecond = 1'000'000;

/// A client and a server that speak JSON-RPC over POSTs and a stream.
class Talk : public CaptureBuilder
{
public:
    Seq post(ByteView message, std::uint16_t flags = RecordFlag::Companion)
    {
        time += 5 * Millisecond;
        return whole(RecordKind::HttpBody, message, Direction::Out, flags);
    }
    Seq answer(ByteView message)
    {
        time += 5 * Millisecond;
        return whole(RecordKind::HttpBody, message, Direction::In, RecordFlag::Companion);
    }
    Seq event(ByteView data, ByteView type = "message")
    {
        time += 5 * Millisecond;
        return whole(RecordKind::SseEvent, "event: " + Bytes(type) + "\ndata: " + Bytes(data) + "\n\n");
    }
};

QString word(RpcCall::Outcome outcome)
{
    switch (outcome) {
    case RpcCall::Outcome::Open: return QStringLiteral("open");
    case RpcCall::Outcome::Result: return QStringLiteral("result");
    case RpcCall::Outcome::Error: return QStringLiteral("error");
    case RpcCall::Outcome::Notification: return QStringLiteral("notification");
    case RpcCall::Outcome::Unasked: return QStringLiteral("unasked");
    }
    return {};
}

/// "out tools/list 2 result 10 ms"
QStringList lines(const RpcLedger &ledger)
{
    QStringList lines;
    for (const RpcCall &call : ledger.calls()) {
        QStringList line{call.direction == Direction::Out ? QStringLiteral("out") : QStringLiteral("in"),
                         QString::fromStdString(call.method), QString::fromStdString(call.id), word(call.outcome)};
        if (const auto latency = call.latency())
            line += QStringLiteral("%1 ms").arg(*latency / Millisecond);
        if (!call.error.empty())
            line += QString::fromStdString(call.error);
        line.removeAll(QString());
        lines += line.join(u' ');
    }
    return lines;
}

} // namespace

class RpcLedgerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pairsAcrossPostAndStream()
    {
        Talk talk;
        RpcLedger ledger(talk.capture, SessionId(1));
        QVERIFY(!ledger.isKnown());
        const Seq asked = talk.post(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
        talk.post(R"({"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"x"}})");
        talk.event(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":1}})");
        talk.event(R"({"jsonrpc":"2.0","id":"a","error":{"code":-32602,"message":"Unknown tool"}})");
        const Seq said = talk.answer(R"({"jsonrpc":"2.0","id":1,"result":{"tools":[]}})");
        talk.post(R"({"jsonrpc":"2.0","id":2,"method":"ping"})");
        while (ledger.advance(1)) {
        }
        QCOMPARE(lines(ledger), (QStringList{QStringLiteral("out tools/list 1 result 20 ms"),
                                             QStringLiteral("out tools/call \"a\" error 10 ms Unknown tool (-32602)"),
                                             QStringLiteral("in notifications/progress notification"),
                                             QStringLiteral("out ping 2 open")}));
        QCOMPARE(ledger.calls()[0].request, asked);
        QCOMPARE(ledger.calls()[0].reply, said);
        QCOMPARE(ledger.open(), std::uint64_t(1));
        QCOMPARE(ledger.seen(), talk.capture->counts().records);
        QVERIFY(ledger.isKnown());
    }

    /// The server asks too, and its ids are not ours.
    void tellsDirectionsApart()
    {
        Talk talk;
        talk.event(R"({"jsonrpc":"2.0","id":1,"method":"sampling/createMessage"})");
        talk.post(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
        talk.post(R"({"jsonrpc":"2.0","id":1,"result":{}})");
        talk.event(R"({"jsonrpc":"2.0","id":9,"result":{}})");
        talk.event(R"({"jsonrpc":"2.0","id":"1","result":{}})");
        RpcLedger ledger(talk.capture, SessionId(1));
        ledger.advance();
        QCOMPARE(lines(ledger), (QStringList{QStringLiteral("in sampling/createMessage 1 result 10 ms"),
                                             QStringLiteral("out ping 1 open"), QStringLiteral("out 9 unasked"),
                                             QStringLiteral("out \"1\" unasked")}));
    }

    void readsBatchesAndWebSockets()
    {
        Talk talk;
        talk.post(
            R"([{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","method":"b"},7,{"jsonrpc":"1.0","method":"c"}])");
        talk.answer(R"([{"jsonrpc":"2.0","id":1,"result":null}])");
        const auto frame = [](ByteView payload) { return Bytes{char(0x81), char(payload.size())} + Bytes(payload); };
        talk.framed(RecordKind::WsText, frame(R"({"jsonrpc":"2.0","id":2,"method":"d"})"), Direction::Out);
        talk.framed(RecordKind::WsText, frame(R"({"jsonrpc":"2.0","id":2,"result":1})"));
        RpcLedger ledger(talk.capture, SessionId(1));
        ledger.advance();
        QCOMPARE(lines(ledger),
                 (QStringList{QStringLiteral("out a 1 result 5 ms"), QStringLiteral("out b notification"),
                              QStringLiteral("out d 2 result 0 ms")}));
    }

    void recognisesStreamableHttp()
    {
        Talk talk;
        talk.whole(RecordKind::HttpRequest, "POST /mcp HTTP/1.1\r\n\r\n", Direction::Out);
        talk.post(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}})", 0);
        talk.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nmcp-session-id: 1868a90c\r\n\r\n");
        talk.event(
            R"({"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-03-26","capabilities":{"tools":{},"logging":{}},"serverInfo":{"name":"demo","version":"1.2"}}})");
        RpcLedger ledger(talk.capture, SessionId(1));
        ledger.advance();
        const McpEndpoint &endpoint = ledger.endpoint();
        QVERIFY(endpoint.isKnown() && !endpoint.isOldTransport);
        QCOMPARE(endpoint.sessionId, std::string("1868a90c"));
        QCOMPARE(endpoint.protocolVersion, std::string("2025-03-26"));
        QCOMPARE(endpoint.serverName, std::string("demo"));
        QCOMPARE(endpoint.serverVersion, std::string("1.2"));
        QCOMPARE(endpoint.capabilities, std::string("tools, logging"));
        QVERIFY(endpoint.postUrl.empty());
    }

    void recognisesTheOlderTransport()
    {
        Talk talk;
        talk.event("/messages?sessionId=7", "endpoint");
        RpcLedger ledger(talk.capture, SessionId(1));
        ledger.advance();
        QVERIFY(ledger.endpoint().isKnown() && ledger.endpoint().isOldTransport);
        QCOMPARE(ledger.endpoint().postUrl, std::string("/messages?sessionId=7"));
    }

    void othersMayHaveAnEndpointToo()
    {
        for (const char *data : {"eu-west-1", "is /up now", "[\"/a\"]", "{\"url\":\"/a\"}", "\"/messages\""}) {
            Talk talk;
            talk.event(data, "endpoint");
            RpcLedger ledger(talk.capture, SessionId(1));
            ledger.advance();
            QVERIFY2(!ledger.isKnown(), data);
        }
        Talk later;
        later.event("tick 1");
        later.event("/messages?sessionId=7", "endpoint");
        RpcLedger ledger(later.capture, SessionId(1));
        ledger.advance();
        QVERIFY(!ledger.isKnown());
    }

    void eachAnswerMaySayItsEndpoint()
    {
        Talk talk;
        talk.event("/messages?sessionId=7", "endpoint");
        talk.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\n\r\n");
        talk.event("http://h/messages?sessionId=8", "endpoint");
        RpcLedger ledger(talk.capture, SessionId(1));
        ledger.advance();
        QCOMPARE(ledger.endpoint().postUrl, std::string("http://h/messages?sessionId=8"));
    }

    void leavesOtherStreamsAlone()
    {
        Talk talk;
        talk.event("tick 1");
        talk.event(R"({"jsonrpc":"2.0"})");
        talk.event(R"({"jsonrpc": broken "2.0","method":"x"})");
        talk.whole(RecordKind::HttpRequest, "GET /events HTTP/1.1\r\n\r\n", Direction::Out);
        talk.session = 2;
        talk.event(R"({"jsonrpc":"2.0","method":"theirs"})");
        RpcLedger ledger(talk.capture, SessionId(1));
        ledger.advance();
        QVERIFY(!ledger.isKnown());
    }

    void keepsTheLatest()
    {
        Talk talk;
        for (int i = 0; i < 10; ++i)
            talk.post("{\"jsonrpc\":\"2.0\",\"id\":" + std::to_string(i) + ",\"method\":\"m\"}");
        talk.event(R"({"jsonrpc":"2.0","id":9,"result":1})");
        talk.event(R"({"jsonrpc":"2.0","id":0,"result":1})");
        RpcLedger ledger(talk.capture, SessionId(1), 4);
        ledger.advance();
        QCOMPARE(ledger.leftOut(), std::uint64_t(7));
        QCOMPARE(lines(ledger), (QStringList{QStringLiteral("out m 7 open"), QStringLiteral("out m 8 open"),
                                             QStringLiteral("out m 9 result 5 ms"), QStringLiteral("out 0 unasked")}));
        QCOMPARE(ledger.open(), std::uint64_t(2));
    }
};

PUSHSCOPE_TEST(RpcLedgerTest)
#include "rpcledgertest.moc"
