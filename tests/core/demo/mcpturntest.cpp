#include "core/demo/mcpturn.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class McpTurnTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersEachMethod_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("reply");
        const auto row = [](const char *name, const char *request, const char *reply) {
            QTest::newRow(name) << QByteArray(request) << QByteArray(reply);
        };
        row("ping", R"({"jsonrpc":"2.0","id":"a","method":"ping"})", R"({"id":"a","jsonrpc":"2.0","result":{}})");
        row("a version that is known",
            R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-03-26"}})",
            R"("protocolVersion":"2025-03-26")");
        row("a version that is not",
            R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"1"}})",
            R"("protocolVersion":"2025-06-18")");
        row("tools/list", R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})", R"("name":"count")");
        row("echo",
            R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hi"}}})",
            R"({"content":[{"text":"hi","type":"text"}],"isError":false})");
        row("no such tool", R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"rm"}})",
            R"("code":-32602)");
        row("too much to count",
            R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"count","arguments":{"to":101}}})",
            R"("isError":true)");
        row("no number to count to",
            R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"count","arguments":{"to":"x"}}})",
            R"("isError":true)");
        row("no such method", R"({"jsonrpc":"2.0","id":3,"method":"x"})", R"("code":-32601)");
    }
    void answersEachMethod()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, reply);
        const McpTurn turn = mcpTurn(request.toStdString());
        QVERIFY(!turn.isRefused);
        QCOMPARE(turn.isInitialize, request.contains("initialize"));
        QCOMPARE(turn.messages.size(), std::size_t(1));
        const QByteArray json = QByteArray::fromStdString(turn.messages[0].json);
        QVERIFY2(json.contains(reply), json);
    }

    void tellsProgressToThoseWhoGaveAToken()
    {
        const McpTurn told = mcpTurn(
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count","arguments":{"to":2,"interval":30},"_meta":{"progressToken":7}}})");
        QCOMPARE(told.messages.size(), std::size_t(3));
        QCOMPARE(told.messages[1].json, Bytes(R"({"jsonrpc":"2.0","method":"notifications/progress",)"
                                              R"("params":{"progress":2,"progressToken":7,"total":2}})"));
        QVERIFY(told.messages[2].json.find("Counted to 2") != Bytes::npos);
        QCOMPARE(told.duration().count(), 60);
        const McpTurn untold = mcpTurn(
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count","arguments":{"to":2,"interval":30}}})");
        QCOMPARE(untold.messages.size(), std::size_t(1));
        QCOMPARE(untold.duration().count(), 60);
    }

    void saysNothingToNotificationsAndReplies()
    {
        for (const char *message : {R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
                                    R"({"jsonrpc":"2.0","id":"demo-1","result":{}})"}) {
            const McpTurn turn = mcpTurn(message);
            QVERIFY(!turn.isRefused);
            QVERIFY(turn.messages.empty());
        }
    }

    void refusesWhatIsNoMessage()
    {
        for (const auto &[message, code] :
             {std::pair("", "-32700"), std::pair("{", "-32700"), std::pair("[]", "-32600"),
              std::pair(R"({"id":1,"method":"ping"})", "-32600")}) {
            const McpTurn turn = mcpTurn(message);
            QVERIFY(turn.isRefused);
            QVERIFY(turn.messages.at(0).json.find(code) != Bytes::npos);
            QVERIFY(turn.messages.at(0).json.find(R"("id":null)") != Bytes::npos);
        }
    }

    void pingsBack() { QCOMPARE(mcpPing(3), Bytes(R"({"id":"demo-3","jsonrpc":"2.0","method":"ping"})")); }
};

PUSHSCOPE_TEST(McpTurnTest)
#include "mcpturntest.moc"
