#include "tests/support/shapetalk.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::ShapeTalk;

class OpenAiResponsesShapeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsAnAnswerTogether()
    {
        ShapeTalk talk(makeOpenAiResponsesShape());
        QVERIFY(talk.say(
            R"({"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","status":"in_progress","model":"gpt-x","output":[]}})"));
        talk.say(R"({"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1"}})");
        talk.say(
            R"({"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}})");
        talk.say(
            R"({"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Weigh "})");
        talk.say(
            R"({"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"it."})");
        talk.say(
            R"({"type":"response.reasoning_summary_text.done","item_id":"rs_1","output_index":0,"summary_index":0,"text":"Weigh it."})");
        talk.say(
            R"({"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":1,"delta":"Again."})");
        talk.say(
            R"({"type":"response.output_item.added","output_index":1,"item":{"id":"msg_1","type":"message","role":"assistant","content":[]}})");
        talk.say(
            R"({"type":"response.content_part.added","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":""}})");
        talk.say(
            R"({"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"Nine","logprobs":[]})");
        talk.say(
            R"({"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":" lives"})");
        talk.say(
            R"({"type":"response.output_text.done","item_id":"msg_1","output_index":1,"content_index":0,"text":"Nine lives"})");
        talk.say(
            R"({"type":"response.refusal.delta","item_id":"msg_1","output_index":1,"content_index":1,"delta":"No more."})");
        talk.say(
            R"({"type":"response.completed","response":{"id":"resp_1","status":"completed","error":null,"incomplete_details":null,"usage":{"input_tokens":12,"input_tokens_details":{"cached_tokens":3},"output_tokens":8,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":20}}})");
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 reasoning 0: Weigh it."), QStringLiteral("0 reasoning 0: Again."),
                              QStringLiteral("0 text 0: Nine lives"), QStringLiteral("0 refusal 0: No more.")}));
        QCOMPARE(talk.responses(),
                 QStringList{
                     QStringLiteral("resp_1 gpt-x, completed, in 12, out 8, reasoning 5, cached 3, total 20, done")});
    }

    void putsToolCallsTogether()
    {
        ShapeTalk talk(makeOpenAiResponsesShape());
        talk.say(
            R"({"type":"response.output_item.added","output_index":0,"item":{"id":"fc_1","type":"function_call","status":"in_progress","arguments":"","call_id":"call_1","name":"weather"}})");
        talk.say(
            R"({"type":"response.output_item.added","output_index":1,"item":{"type":"custom_tool_call","call_id":"call_2","name":"shell","input":""}})");
        talk.say(
            R"({"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"{\u0022city\u0022:"})");
        talk.say(R"({"type":"response.custom_tool_call_input.delta","output_index":1,"delta":"ls"})");
        talk.say(
            R"({"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"\u0022Oslo\u0022}"})");
        talk.say(
            R"({"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":0,"arguments":"{\u0022city\u0022:\u0022Oslo\u0022}"})");
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral(R"(0 tool call 0: weather({"city":"Oslo"}) call_1)"),
                                            QStringLiteral("0 tool call 0: shell(ls) call_2")}));
    }

    /// Of one item, and with the same number.
    void tellsReasoningAndItsSummaryApart()
    {
        ShapeTalk talk(makeOpenAiResponsesShape());
        talk.say(
            R"({"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"delta":"In short."})");
        talk.say(R"({"type":"response.reasoning_text.delta","output_index":0,"content_index":0,"delta":"At "})");
        talk.say(R"({"type":"response.reasoning_text.delta","output_index":0,"content_index":0,"delta":"length."})");
        talk.say(
            R"({"type":"response.reasoning_summary_text.done","output_index":0,"summary_index":0,"text":"In short."})");
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral("0 reasoning 0: In short."),
                                            QStringLiteral("0 reasoning 0: At length.")}));
    }

    /// From servers that send what is done and no deltas.
    void takesTheWholeWhereThereWereNoDeltas()
    {
        ShapeTalk talk(makeOpenAiResponsesShape());
        talk.say(R"({"type":"response.function_call_arguments.done","output_index":0,"arguments":"{}"})");
        talk.say(R"({"type":"response.output_text.done","output_index":1,"content_index":0,"text":"all at once"})");
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 tool call 0: ({}) "), QStringLiteral("0 text 0: all at once")}));
    }

    void tellsHowItEnded_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QString>("response");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("incomplete")
            << QByteArray(
                   R"({"type":"response.incomplete","response":{"id":"r","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}})")
            << QStringLiteral("r , incomplete: max_output_tokens, done") << QStringList();
        QTest::newRow("failed")
            << QByteArray(
                   R"({"type":"response.failed","response":{"id":"r","status":"failed","error":{"code":"server_error","message":"Broken"}}})")
            << QStringLiteral("r , failed, done") << QStringList{QStringLiteral("0 error 0: Broken (server_error)")};
        QTest::newRow("error")
            << QByteArray(
                   R"({"type":"error","code":"ERR_SOMETHING","message":"Went wrong","param":null,"sequence_number":1})")
            << QStringLiteral(" , done") << QStringList{QStringLiteral("0 error 0: Went wrong (ERR_SOMETHING)")};
    }
    void tellsHowItEnded()
    {
        QFETCH(QByteArray, data);
        QFETCH(QString, response);
        QFETCH(QStringList, parts);
        ShapeTalk talk(makeOpenAiResponsesShape());
        QVERIFY(talk.say(ByteView(data)));
        QCOMPARE(talk.responses(), QStringList{response});
        QCOMPARE(talk.parts(), parts);
    }

    void takesEventsThatItDoesNotKnow()
    {
        ShapeTalk talk(makeOpenAiResponsesShape());
        QVERIFY(talk.say(R"({"type":"response.web_search_call.searching","output_index":0})"));
        QVERIFY(talk.say(R"({"type":"response.brand_new.delta","delta":"?"})"));
        QVERIFY(!talk.say(R"({"type":"keepalive"})"));
        QVERIFY(talk.texts.spans().empty());
        QCOMPARE(talk.texts.responses()[0].events, std::uint64_t(2));
    }
};

PUSHSCOPE_TEST(OpenAiResponsesShapeTest)
#include "openairesponsesshapetest.moc"
