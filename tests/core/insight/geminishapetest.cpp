#include "tests/support/shapetalk.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::ShapeTalk;

class GeminiShapeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsAnAnswerTogether()
    {
        ShapeTalk talk(makeGeminiShape());
        QVERIFY(talk.say(
            R"({"candidates":[{"content":{"parts":[{"text":"Let me see.","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":4,"totalTokenCount":9,"thoughtsTokenCount":5},"modelVersion":"gemini-x","responseId":"r1"})"));
        talk.say(R"({"candidates":[{"content":{"parts":[{"text":"Two "}]},"index":0}],"responseId":"r1"})");
        talk.say(
            R"({"candidates":[{"content":{"parts":[{"text":"moons"},{"functionCall":{"name":"orbit","args":{"of": "Mars"},"id":"f1"},"thoughtSignature":"x"},{"functionCall":{"name":"orbit","args":{}}}]},"index":0}],"responseId":"r1"})");
        talk.say(
            R"({"candidates":[{"content":{"parts":[{"text":" rise"}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":6,"thoughtsTokenCount":5,"totalTokenCount":15},"responseId":"r1"})");
        QCOMPARE(talk.parts(),
                 (QStringList{QStringLiteral("0 reasoning 0: Let me see."), QStringLiteral("0 text 0: Two moons"),
                              QStringLiteral(R"(0 tool call 0: orbit({"of": "Mars"}) f1)"),
                              QStringLiteral("0 tool call 0: orbit({}) "), QStringLiteral("0 text 0:  rise")}));
        QCOMPARE(talk.responses(),
                 QStringList{QStringLiteral("r1 gemini-x, STOP, in 4, out 11, reasoning 5, total 15, done")});
    }

    void tellsCandidatesAndResponsesApart()
    {
        ShapeTalk talk(makeGeminiShape());
        talk.say(
            R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"index":0},{"content":{"parts":[{"text":"b"}]},"index":1}],"responseId":"r1"})");
        talk.say(
            R"({"candidates":[{"content":{"parts":[{"text":"B"}]},"index":1},{"content":{"parts":[{"text":"A"}]}}],"responseId":"r1"})");
        talk.say(R"({"candidates":[{"content":{"parts":[{"text":"new"}]}}],"responseId":"r2"})");
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral("0 text 0: a"), QStringLiteral("0 text 1: bBA"),
                                            QStringLiteral("1 text 0: new")}));
    }

    void endsWithItsLastCandidate()
    {
        ShapeTalk talk(makeGeminiShape());
        talk.say(R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP","index":0}]})");
        QVERIFY(talk.texts.responses()[0].isDone);
        talk.say(R"({"candidates":[{"content":{"parts":[{"text":"b"}]},"index":1}]})");
        QVERIFY(!talk.texts.responses()[0].isDone);
        talk.say(R"({"candidates":[{"content":{"parts":[{"text":"c"}]},"finishReason":"MAX_TOKENS","index":1}]})");
        talk.say(R"({"usageMetadata":{"candidatesTokenCount":3}})");
        QCOMPARE(talk.responses(), QStringList{QStringLiteral(" , STOP, MAX_TOKENS, out 3, done")});
    }

    void tellsBlocksAndErrors()
    {
        ShapeTalk talk(makeGeminiShape());
        QVERIFY(talk.say(R"({"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4}})"));
        QVERIFY(talk.say(R"({"error":{"code":503,"message":"Overloaded","status":"UNAVAILABLE"}})"));
        QCOMPARE(talk.responses(), QStringList{QStringLiteral(" , SAFETY, in 4, done")});
        QCOMPARE(talk.parts(), QStringList{QStringLiteral("0 error 0: Overloaded (UNAVAILABLE)")});
    }

    void passesOverWhatItDoesNotKnow()
    {
        ShapeTalk talk(makeGeminiShape());
        QVERIFY(!talk.say(R"({"type":"message_start"})"));
        QVERIFY(!talk.say(R"([{"candidates":[]}])"));
        QVERIFY(talk.say(R"({"candidates":[1,{"content":{"parts":[{"inlineData":{}},"x"]}}]})"));
        QVERIFY(talk.texts.spans().empty());
    }
};

PUSHSCOPE_TEST(GeminiShapeTest)
#include "geminishapetest.moc"
