#include "tests/support/shapetalk.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::ShapeTalk;

class OllamaShapeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsAChatTogether()
    {
        ShapeTalk talk(makeOllamaShape());
        QVERIFY(talk.say(
            R"({"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"","thinking":"Hm."},"done":false})"));
        talk.say(R"({"model":"m","created_at":"","message":{"role":"assistant","content":"The "},"done":false})");
        talk.say(
            R"({"model":"m","created_at":"","message":{"role":"assistant","content":"sky","tool_calls":[{"function":{"name":"look","arguments":{"up":true}}}]},"done":false})");
        talk.say(
            R"({"model":"m","created_at":"","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":26,"eval_count":9})");
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral("0 reasoning 0: Hm."), QStringLiteral("0 text 0: The sky"),
                                            QStringLiteral(R"(0 tool call 0: look({"up":true}) )")}));
        QCOMPARE(talk.responses(), QStringList{QStringLiteral(" m, stop, in 26, out 9, done")});
    }

    void takesGenerateAndErrors()
    {
        ShapeTalk talk(makeOllamaShape());
        talk.say(R"({"model":"m","created_at":"","response":"a","done":true})");
        talk.say(R"({"model":"m","created_at":"","response":"b","done":false})");
        QVERIFY(talk.say(R"({"error":"out of memory"})"));
        QVERIFY(!talk.say(R"({"model":"m"})"));
        QCOMPARE(talk.parts(), (QStringList{QStringLiteral("0 text 0: a"), QStringLiteral("1 text 0: b"),
                                            QStringLiteral("1 error 0: out of memory")}));
        QCOMPARE(talk.responses(), (QStringList{QStringLiteral(" m, done, done"), QStringLiteral(" m, done")}));
    }
};

PUSHSCOPE_TEST(OllamaShapeTest)
#include "ollamashapetest.moc"
