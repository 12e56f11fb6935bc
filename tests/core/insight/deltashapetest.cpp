#include "core/insight/deltashape.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class DeltaShapeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seesTheFormatByItsMark_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("preset");
        const auto row = [](const char *data, const char *preset) {
            QTest::newRow(data) << QByteArray(data) << QByteArray(preset);
        };
        row(R"({"object":"chat.completion.chunk","choices":[]})", "openai-chat");
        row(R"({"choices":[{"delta":{}}]})", "openai-chat");
        row(R"({"choices":[{"text":"x"}]})", "openai-chat");
        row(R"({"type":"response.created"})", "openai-responses");
        row(R"({"type":"message_start","message":{}})", "anthropic");
        row(R"({"type":"content_block_delta"})", "anthropic");
        row(R"({"candidates":[]})", "gemini");
        row(R"({"usageMetadata":{}})", "gemini");
        row(R"({"model":"m","created_at":"t","message":{},"done":false})", "ollama");
        row(R"({"type":"error","error":{"type":"overloaded_error","message":"Busy"}})", "anthropic");
        row(R"({"type":"error","code":"server_error","message":"Busy","param":null,"sequence_number":1})",
            "openai-responses");
        row(R"({"error":{"message":"Slow down","type":"requests","param":null,"code":null}})", "openai-chat");
        row(R"({"error":{"message":"Slow down","code":429}})", "openai-chat");
        row(R"({"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED"}})", "gemini");
    }
    void seesTheFormatByItsMark()
    {
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, preset);
        const auto seen = presetIn(data);
        QVERIFY(seen);
        QCOMPARE(std::string(word(*seen)), preset.toStdString());
    }

    /// What several formats have, or none.
    void doesNotGuess_data()
    {
        QTest::addColumn<QByteArray>("data");
        for (const char *data :
             {"", "[DONE]", "text", "{}", "[]", R"({"type":"ping"})", R"({"type":"error","error":{}})",
              R"({"error":{"message":"x"}})", R"({"type":"error","message":"x"})", R"({"error":"x"})",
              R"({"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"x"}})", R"({"id":1,"data":"tick"})",
              R"({"choices":[]})", R"({"done":true})"})
            QTest::newRow(data) << QByteArray(data);
    }
    void doesNotGuess()
    {
        QFETCH(QByteArray, data);
        QVERIFY(!presetIn(data));
    }

    void describesErrors_data()
    {
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("code") << QByteArray(R"({"message":"m","type":"t","code":"c"})") << QByteArray("m (c)");
        QTest::newRow("type") << QByteArray(R"({"message":"m","type":"t","code":null})") << QByteArray("m (t)");
        QTest::newRow("status") << QByteArray(R"({"message":"m","code":503,"status":"s"})") << QByteArray("m (s)");
        QTest::newRow("number") << QByteArray(R"({"message":"m","type":null,"code":400})") << QByteArray("m (400)");
        QTest::newRow("none") << QByteArray(R"({"message":"m","code":null})") << QByteArray("m");
        QTest::newRow("text") << QByteArray(R"("m")") << QByteArray("m");
        QTest::newRow("other") << QByteArray(R"({"why":1})") << QByteArray(R"({"why":1})");
    }
    void describesErrors()
    {
        QFETCH(QByteArray, error);
        QFETCH(QByteArray, text);
        const auto document = JsonDocument::parse(error.toStdString());
        QCOMPARE(describeStreamError(JsonValue(*document)), text.toStdString());
    }

private:
    static std::optional<AssemblyPreset> presetIn(const QByteArray &data)
    {
        const auto document = JsonDocument::parse(data.toStdString());
        return presetOf({"message", ByteView(data), document ? JsonValue(*document) : JsonValue()});
    }
};

PUSHSCOPE_TEST(DeltaShapeTest)
#include "deltashapetest.moc"
