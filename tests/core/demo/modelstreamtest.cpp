#include "core/demo/modelstream.h"

#include "core/base/jsondocument.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <variant>

using namespace pushscope;
using namespace pushscope::demo;

class ModelStreamTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesJsonInEachFormat_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<bool>("hasTypes");
        QTest::newRow("chat") << int(ModelFormat::OpenAiChat) << false;
        QTest::newRow("responses") << int(ModelFormat::OpenAiResponses) << true;
        QTest::newRow("messages") << int(ModelFormat::Anthropic) << true;
        QTest::newRow("gemini") << int(ModelFormat::Gemini) << false;
    }
    void writesJsonInEachFormat()
    {
        QFETCH(int, format);
        QFETCH(bool, hasTypes);
        for (const char *query :
             {"tokens=40&reasoning=3&tool=1", "tokens=5&reasoning=0", "tokens=9&fail=4", "tokens=0&reasoning=0"}) {
            const ModelTurn turn = turnOf(query, R"({"model":"a @ \u0022b\u0022 \\ c"})");
            std::uint64_t tokens = 0;
            for (const ModelEvent &event : modelEvents(ModelFormat(format), turn)) {
                tokens += event.isToken ? 1 : 0;
                QCOMPARE(event.bytes.starts_with("event: "), hasTypes);
                const std::size_t data = event.bytes.find("data: ") + 6;
                QVERIFY(event.bytes.ends_with("\n\n"));
                const Bytes json = event.bytes.substr(data, event.bytes.size() - data - 2);
                std::size_t stop = 0;
                QVERIFY2(json == "[DONE]" || JsonDocument::parse(json, &stop),
                         (json + " at " + std::to_string(stop)).c_str());
            }
            // Gemini brings the arguments of a call whole.
            const bool isWhole = ModelFormat(format) == ModelFormat::Gemini && !turn.arguments.empty();
            QCOMPARE(tokens, isWhole ? turn.tokens() - turn.arguments.size() + 1 : turn.tokens());
        }
    }

    void keepsThePace()
    {
        QCOMPARE(paceOf("tokens=4&reasoning=0&tps=100"), (QList<int>{10, 10, 10, 10}));
        QCOMPARE(paceOf("tokens=4&reasoning=0&tps=300"), (QList<int>{3, 3, 4, 3}));
        QCOMPARE(paceOf("tokens=4&reasoning=0&tps=100&burst=2"), (QList<int>{20, 20}));
    }

private:
    static Parameters read(std::string_view query)
    {
        return readParameters(parseQuery(query), modelParameters()).value();
    }
    static ModelTurn turnOf(std::string_view query, std::string_view body = "{}")
    {
        return modelTurn(read(query), body);
    }
    /// The waits of a script, in milliseconds.
    static QList<int> paceOf(std::string_view query)
    {
        QList<int> waits;
        for (const Step &step : modelScript(modelEvents(ModelFormat::Gemini, turnOf(query)), read(query)).steps) {
            if (const auto *wait = std::get_if<step::Wait>(&step))
                waits += int(wait->time.count());
        }
        return waits;
    }
};

PUSHSCOPE_TEST(ModelStreamTest)
#include "modelstreamtest.moc"
