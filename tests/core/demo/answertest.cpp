#include "core/demo/answer.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class AnswerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesHeads()
    {
        const HttpHead head = answerHead(404, {{"A", "b"}});
        QVERIFY(!head.isRequest);
        QCOMPARE(head.status, 404);
        QCOMPARE(head.reason, std::string("Not Found"));
        QCOMPARE(head.headers.size(), std::size_t(1));
        QCOMPARE(reasonPhrase(299), std::string_view());
    }

    void saysWhichParameterIsWrong()
    {
        const Answer answer = refusalAnswer({"count", "0 to 9", "count must be 0 to 9"});
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.headers.value("Content-Type"), std::optional<std::string_view>("application/json"));
        QCOMPARE(answer.body,
                 Bytes("{\"error\":\"count must be 0 to 9\",\"parameter\":\"count\",\"range\":\"0 to 9\"}\n"));
    }

    void saysWhichMethodIsRight()
    {
        const Answer answer = methodAnswer("POST");
        QCOMPARE(answer.status, 405);
        QCOMPARE(answer.headers.value("Allow"), std::optional<std::string_view>("POST"));
    }

    void speaksInSentences() { QCOMPARE(textAnswer(503, "too many").body, Bytes("too many.\n")); }
};

PUSHSCOPE_TEST(AnswerTest)
#include "answertest.moc"
