#include "tests/support/shapetalk.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::ShapeTalk;

class AnthropicShapeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsAMessageTogether()
    {
        ShapeTalk talk(makeAnthropicShape());
        QVERIFY(talk.say(
            R"({"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"usage":{"input_tokens":25,"cache_read_input_tokens":5,"output_tokens":1}}})"));
        QVERIFY(!talk.texts.responses()[0].usage.output); // one token would make a rate of nearly none
        QVERIFY(talk.say(
            R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}})"));
        QVERIFY(talk.say(R"({"type":"ping"})"));
        talk.say(R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Count "}})");
        talk.say(R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"sheep."}})");
        QVERIFY(talk.say(
            R"({"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}})"));
        QVERIFY(talk.say(R"({"type":"content_block_stop","index":0})"));
        talk.say(R"({"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}})");
        talk.say(R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Good"}})");
        talk.say(R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" night"}})");
        talk.say(R"({"type":"content_block_stop","index":1})");
        talk.say(
            R"({"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"lamp","input":{}}})");
        talk.say(R"({"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}})");
        talk.say(
            R"({"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\u0022on\u0022: fa"}})");
        talk.say(
            R"({"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"lse}"}})");
        talk.say(R"({"type":"content_block_stop","index":2})");
        talk.say(
            R"({"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89}})");
        QVERIFY(talk.say(R"({"type":"message_stop"})"));
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 reasoning 0: Count sheep."), QStringLiteral("0 text 0: Good night"),
                              QStringLiteral(R"(0 tool call 0: lamp({"on": false}) toolu_1)")}));
        QCOMPARE(talk.responses(),
                 QStringList{QStringLiteral("msg_1 claude-x, tool_use, in 25, out 89, cached 5, done")});
        QCOMPARE(talk.texts.responses()[0].events, std::uint64_t(18));
        QCOMPARE(talk.texts.responses()[0].deltas, std::uint64_t(6));
    }

    void tellsAnErrorInTheMidst()
    {
        ShapeTalk talk(makeAnthropicShape());
        talk.say(R"({"type":"message_start","message":{"id":"msg_1"}})");
        talk.say(R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Half"}})");
        QVERIFY(talk.say(R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})"));
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral("0 text 0: Half"),
                                            QStringLiteral("0 error 0: Overloaded (overloaded_error)")}));
        QVERIFY(talk.texts.responses()[0].isDone);
    }

    void beginsAMessageWithEachStart()
    {
        ShapeTalk talk(makeAnthropicShape());
        for (const char *id : {"a", "b"}) {
            talk.say(QByteArray(R"({"type":"message_start","message":{"id":"ID"}})").replace("ID", id).toStdString());
            talk.say(R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":"begun "}})");
            talk.say(R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"well"}})");
        }
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 text 0: begun well"), QStringLiteral("1 text 0: begun well")}));
        QVERIFY(talk.texts.responses()[0].isDone);
        QCOMPARE(talk.texts.responses()[1].firstSpan, std::size_t(2));
    }

    void passesOverWhatItDoesNotKnow()
    {
        ShapeTalk talk(makeAnthropicShape());
        QVERIFY(!talk.say(R"({"type":"brand_new"})"));
        QVERIFY(!talk.say("[DONE]"));
        QVERIFY(!talk.say(R"({"delta":{"type":"text_delta","text":"x"}})"));
        QVERIFY(talk.say(R"({"type":"content_block_delta","index":"x","delta":7})"));
        QVERIFY(talk.texts.spans().empty());
    }
};

PUSHSCOPE_TEST(AnthropicShapeTest)
#include "anthropicshapetest.moc"
