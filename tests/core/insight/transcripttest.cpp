#include "core/insight/transcript.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class TranscriptTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsAllUnderHeadings()
    {
        QCOMPARE(transcriptOf(talk()),
                 std::string("=== response 1 model-x r1 [stop]\n\n--- reasoning\nthink\n\n--- text\nsaid\n\n"
                             "--- tool call f call_1\n{\"a\":1}\n\n--- tool call g\nbroken {\n"
                             "\n=== response 2 r2\n\n--- text of choice 1\nmore\n"));
        QVERIFY(transcriptOf(Assembler()).empty());
    }

    void keepsAnswersAsTheyCame()
    {
        QCOMPARE(answerOf(talk(), 0), std::string("said\n"));
        QCOMPARE(answerOf(talk(), 1), std::string("more"));
        QVERIFY(answerOf(talk(), 2).empty());
    }

    void keepsToolCallsAsJson()
    {
        QCOMPARE(toolCallsOf(talk(), 0),
                 std::string("[\n  {\"id\": \"call_1\", \"name\": \"f\", \"arguments\": {\"a\":1}},\n"
                             "  {\"id\": \"\", \"name\": \"g\", \"arguments\": \"broken {\"}\n]\n"));
        QVERIFY(toolCallsOf(talk(), 1).empty());
    }

private:
    static Assembler talk()
    {
        Assembler texts;
        texts.setEvent({.seq = Seq(1), .time = 1});
        texts.beginResponse("r1");
        texts.setModel("model-x");
        texts.append(SpanKind::Reasoning, 0, 0, "think");
        texts.append(SpanKind::Text, 0, 0, "said\n");
        texts.addToolCall(0, "call_1", "f", R"({"a":1})");
        texts.addToolCall(0, "", "g", "broken {");
        texts.finish("stop");
        texts.beginResponse("r2");
        texts.append(SpanKind::Text, 1, 0, "more");
        return texts;
    }
};

PUSHSCOPE_TEST(TranscriptTest)
#include "transcripttest.moc"
