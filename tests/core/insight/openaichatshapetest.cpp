#include "tests/support/shapetalk.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::ShapeTalk;

/// Chunks as api.openai.com and servers that speak like it send them, in words of our own.
class OpenAiChatShapeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsAnAnswerTogether()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        QVERIFY(talk.say(
            R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null})"));
        QVERIFY(talk.say(chunk(R"({"content":"Rivers "})")));
        QVERIFY(talk.say(chunk(R"({"content":"flow \ud83c\udf0a"})")));
        QVERIFY(talk.say(R"({"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"));
        QVERIFY(talk.say(
            R"({"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}})"));
        QVERIFY(talk.say("[DONE]"));
        QCOMPARE(talk.parts(), QStringList{QStringLiteral("0 text 0: Rivers flow \U0001F30A")});
        QCOMPARE(talk.responses(), QStringList{QStringLiteral(
                                       "chatcmpl-1 gpt-x, stop, in 9, out 7, reasoning 2, cached 4, total 16, done")});
        QCOMPARE(talk.texts.spans().size(), std::size_t(2));
        QCOMPARE(talk.texts.spans()[1].seq, Seq(3));
        QCOMPARE(talk.texts.spans()[1].begin, 7u);
    }

    void tellsReasoningByBothItsNames()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(chunk(R"({"reasoning_content":"First ","content":null})"));
        talk.say(chunk(R"({"reasoning":"think."})"));
        talk.say(chunk(R"({"content":"Then speak."})"));
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 reasoning 0: First think."), QStringLiteral("0 text 0: Then speak.")}));
    }

    /// As Mistral's and others' chunks have it.
    void contentInParts()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(chunk(R"({"content":[{"type":"thinking","thinking":[{"type":"text","text":"First "}]}]})"));
        talk.say(chunk(R"({"content":[{"type":"thinking","thinking":"think."},{"type":"text","text":"Then "}]})"));
        talk.say(chunk(R"({"content":[{"type":"text","text":"speak"},".",{"type":"image_url"},7]})"));
        talk.say(chunk(R"({"content":[{"type":"refusal","refusal":"No."}]})"));
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 reasoning 0: First think."), QStringLiteral("0 text 0: Then speak."),
                              QStringLiteral("0 refusal 0: No.")}));
    }

    void aFinishReasonEndsTheLastChoice()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(R"({"id":"c","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]})");
        QVERIFY(talk.texts.responses()[0].isDone);
        talk.say(R"({"id":"c","choices":[{"index":1,"delta":{"content":"b"}}]})");
        QVERIFY(!talk.texts.responses()[0].isDone);
        talk.say(R"({"id":"c","choices":[{"index":1,"delta":{},"finish_reason":"length"}]})");
        talk.say(R"({"id":"c","choices":[],"usage":{"completion_tokens":7}})");
        QCOMPARE(talk.responses(), QStringList{QStringLiteral("c , stop, length, out 7, done")});
    }

    void anErrorEndsTheResponse()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(chunk(R"({"content":"a"})"));
        QVERIFY(!talk.texts.responses()[0].isDone);
        QVERIFY(talk.say(R"({"error":{"message":"Rate limit","type":"requests","code":"429"}})"));
        QVERIFY(talk.texts.responses()[0].isDone);
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 text 0: a"), QStringLiteral("0 error 0: Rate limit (429)")}));
    }

    void putsToolCallsTogetherByTheirIndex()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(chunk(
            R"({"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":""}}]})"));
        talk.say(chunk(
            R"({"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"time","arguments":"{"}}]})"));
        talk.say(chunk(
            R"({"tool_calls":[{"index":0,"function":{"arguments":"{\u0022city\u0022:"}},{"index":1,"function":{"arguments":"}"}}]})"));
        talk.say(chunk(R"({"tool_calls":[{"index":0,"function":{"arguments":"\u0022Bern\u0022}"}}]})"));
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral(R"(0 tool call 0: weather({"city":"Bern"}) call_a)"),
                                            QStringLiteral("0 tool call 0: time({}) call_b")}));
        QCOMPARE(talk.texts.spanOf(Seq(3)), std::size_t(1));
    }

    void tellsChoicesApart()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(
            R"({"id":"c","choices":[{"index":0,"delta":{"content":"red "}},{"index":1,"delta":{"content":"blue "}}]})");
        talk.say(R"({"id":"c","choices":[{"index":1,"delta":{"content":"sea"},"finish_reason":"length"}]})");
        talk.say(R"({"id":"c","choices":[{"index":0,"delta":{"content":"rose"},"finish_reason":"stop"}]})");
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 text 0: red rose"), QStringLiteral("0 text 1: blue sea")}));
        QCOMPARE(talk.responses(), QStringList{QStringLiteral("c , length, stop, done")});
    }

    void tellsRefusalsAndErrors()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(chunk(R"({"refusal":"Not that."})"));
        QVERIFY(talk.say(
            R"({"error":{"message":"The server had an error","type":"server_error","param":null,"code":null}})"));
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral("0 refusal 0: Not that."),
                                            QStringLiteral("0 error 0: The server had an error (server_error)")}));
        QCOMPARE(talk.texts.responses()[0].deltas, std::uint64_t(1));
    }

    void beginsAResponseWithAnotherId()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(R"({"id":"","choices":[],"prompt_filter_results":[]})");
        talk.say(R"({"id":"one","choices":[{"index":0,"delta":{"content":"a"}}]})");
        talk.say(R"({"id":"two","choices":[{"index":0,"delta":{"content":"b"}}]})");
        talk.say("[DONE]");
        talk.say(R"({"id":"two","choices":[{"index":0,"delta":{"content":"c"}}]})");
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral("0 text 0: a"), QStringLiteral("1 text 0: b"),
                                            QStringLiteral("2 text 0: c")}));
    }

    void takesOlderForms()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(
            R"({"id":"old","object":"text_completion","choices":[{"index":0,"text":"plain","finish_reason":null}]})");
        talk.say(chunk(R"({"function_call":{"name":"f","arguments":"{}"}})"));
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 text 0: plain"), QStringLiteral("1 tool call 0: f({}) ")}));
    }

    void passesOverWhatIsOfNoSuchFormat_data()
    {
        QTest::addColumn<QByteArray>("data");
        for (const char *data : {"", "hello", "{}", "[]", "1", R"({"choices":1})", R"({"type":"ping"})", "[DONE] "})
            QTest::newRow(data) << QByteArray(data);
    }
    void passesOverWhatIsOfNoSuchFormat()
    {
        QFETCH(QByteArray, data);
        ShapeTalk talk(makeOpenAiChatShape());
        QVERIFY(!talk.say(ByteView(data)));
        QVERIFY(talk.texts.responses().empty());
    }

    void takesWhatHasOtherTypes()
    {
        ShapeTalk talk(makeOpenAiChatShape());
        talk.say(
            R"({"id":7,"choices":[{"index":-1,"delta":{"content":{"a":1},"tool_calls":{"x":1}}},3,{"delta":null},{"index":1e3,"delta":[]}]})");
        QVERIFY(talk.texts.spans().empty());
        QCOMPARE(talk.texts.responses().size(), std::size_t(1));
    }

private:
    /// A chunk with the members of a delta.
    static std::string chunk(const char *delta)
    {
        return QByteArray(
                   R"({"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":DELTA,"finish_reason":null}]})")
            .replace("DELTA", delta)
            .toStdString();
    }
};

PUSHSCOPE_TEST(OpenAiChatShapeTest)
#include "openaichatshapetest.moc"
