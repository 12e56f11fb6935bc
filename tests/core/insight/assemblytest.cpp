#include "core/insight/assembly.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace pushscope;
using test::CaptureBuilder;

namespace {

constexpr std::int64_t Millisecond = 1'000'000;

/// A session that asks a model and hears it answer.
class Talk : public CaptureBuilder
{
public:
    void request(std::uint16_t flags = 0)
    {
        time += 10 * Millisecond;
        whole(RecordKind::HttpRequest, "POST /v1/chat/completions HTTP/1.1\r\n\r\n", Direction::Out, flags);
    }
    Seq event(const std::string &data, const std::string &type = {}, std::uint16_t flags = 0)
    {
        time += 10 * Millisecond;
        return whole(RecordKind::SseEvent, (type.empty() ? "" : "event: " + type + "\n") + "data: " + data + "\n\n",
                     Direction::In, flags);
    }
    Seq chat(const std::string &text, const std::string &id = "c")
    {
        return event(R"({"id":")" + id + R"(","choices":[{"index":0,"delta":{"content":")" + text + R"("}}]})");
    }
};

QStringList texts(const Assembly &assembly)
{
    QStringList texts;
    for (const AssembledPart &part : assembly.texts().parts())
        texts += QString::number(part.response) + u' ' + QString::fromStdString(part.text);
    return texts;
}

} // namespace

class AssemblyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAGrowingCapture()
    {
        Talk talk;
        Assembly assembly(talk.capture, SessionId(1));
        QVERIFY(!assembly.advance());
        talk.request();
        const Seq first = talk.chat("Hel");
        QVERIFY(assembly.advance(1));
        while (assembly.advance(1)) {
        }
        QCOMPARE(assembly.preset(), std::optional(AssemblyPreset::OpenAiChat));
        const Seq second = talk.chat("lo");
        QVERIFY(!assembly.advance());
        QCOMPARE(texts(assembly), QStringList{QStringLiteral("0 Hello")});
        QCOMPARE(assembly.texts().spans().at(0).seq, first);
        QCOMPARE(assembly.texts().spans().at(1).seq, second);
        const AssembledResponse &response = assembly.texts().responses().at(0);
        QCOMPARE(response.firstEventAt - response.requestAt.value(), 10 * Millisecond);
        QCOMPARE(assembly.position(), talk.capture->counts().records);
    }

    void putsTogetherWhatCameBeforeTheMark()
    {
        Talk talk;
        talk.event(R"({"type":"ping"})", "ping");
        talk.event(R"({"type":"error","error":{"type":"overloaded_error","message":"Busy"}})", "error");
        talk.event(R"({"type":"message_start","message":{"id":"m"}})", "message_start");
        Assembly assembly(talk.capture, SessionId(1));
        assembly.advance();
        QCOMPARE(assembly.preset(), std::optional(AssemblyPreset::Anthropic));
        QCOMPARE(texts(assembly), QStringList{QStringLiteral("0 Busy (overloaded_error)")});
    }

    void staysUndecidedAboutOtherStreams()
    {
        Talk talk;
        for (int i = 0; i < 200; ++i)
            talk.event(R"({"id":)" + std::to_string(i) + R"(,"ts":1})", "tick");
        Assembly assembly(talk.capture, SessionId(1));
        assembly.advance();
        QVERIFY(!assembly.preset());
        QVERIFY(assembly.texts().responses().empty());
        QCOMPARE(assembly.messages(), std::uint64_t(200));
    }

    /// Each request begins a response, and may be answered in another format.
    void beginsAResponseWithEachRequest()
    {
        Talk talk;
        talk.request();
        talk.chat("one", "same");
        talk.request();
        talk.chat("two", "same");
        talk.request();
        talk.event(R"({"candidates":[{"content":{"parts":[{"text":"three"}]}}]})");
        Assembly assembly(talk.capture, SessionId(1));
        assembly.advance();
        QCOMPARE(texts(assembly),
                 (QStringList{QStringLiteral("0 one"), QStringLiteral("1 two"), QStringLiteral("2 three")}));
        QCOMPARE(assembly.texts().responses().at(1).preset, AssemblyPreset::OpenAiChat);
        QCOMPARE(assembly.texts().responses().at(2).preset, AssemblyPreset::Gemini);
    }

    void leavesCompanionsAndOtherSessionsAlone()
    {
        Talk talk;
        talk.request();
        talk.chat("mine");
        talk.request(RecordFlag::Companion);
        talk.event("{}", {}, RecordFlag::Companion);
        talk.session = 2;
        talk.chat("theirs");
        talk.session = 1;
        talk.chat(" still");
        Assembly assembly(talk.capture, SessionId(1));
        assembly.advance();
        QCOMPARE(texts(assembly), QStringList{QStringLiteral("0 mine still")});
    }

    /// Two requests beside the stream whose answers come at once: each is put together by itself.
    void putsTogetherWhatAnswersACompanion()
    {
        Talk talk;
        talk.request();
        talk.chat("mine");
        const auto beside = [&talk](std::uint32_t on, const auto &write) {
            talk.connection = on;
            const Seq seq = write();
            talk.connection = 1;
            return seq;
        };
        const auto ask = [&] {
            talk.request(RecordFlag::Companion);
            return Seq(talk.capture->counts().records);
        };
        const auto say = [&](const char *text) {
            return talk.event(R"({"choices":[{"delta":{"content":")" + std::string(text) + R"("}}]})", {},
                              RecordFlag::Companion);
        };
        const Seq first = beside(2, ask);
        const Seq second = beside(3, ask);
        beside(2, [&] { return say("one"); });
        beside(3, [&] { return say("other"); });
        beside(2, [&] { return say(" two"); });
        beside(2, ask);
        beside(2, [&] { return say("later"); });
        Assembly assembly(talk.capture, SessionId(1), {{}, {}, first});
        assembly.advance();
        QCOMPARE(texts(assembly), QStringList{QStringLiteral("0 one two")});
        QVERIFY(assembly.texts().responses().at(0).requestAt);
        Assembly other(talk.capture, SessionId(1), {{}, {}, second});
        other.advance();
        QCOMPARE(texts(other), QStringList{QStringLiteral("0 other")});
        Assembly stream(talk.capture, SessionId(1));
        stream.advance();
        QCOMPARE(texts(stream), QStringList{QStringLiteral("0 mine")});
    }

    void tellsWhyAModelRefuses_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("said");
        QTest::newRow("OpenAI") << R"({"error":{"message":"Slow down","type":"requests","code":"rate_limit_exceeded"}})"
                                << "0 HTTP 429: Slow down (rate_limit_exceeded)";
        QTest::newRow("Anthropic") << R"({"type":"error","error":{"type":"overloaded_error","message":"Busy"}})"
                                   << "0 HTTP 429: Busy (overloaded_error)";
        QTest::newRow("Gemini") << R"([{"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED"}}])"
                                << "0 HTTP 429: Quota (RESOURCE_EXHAUSTED)";
        QTest::newRow("Ollama") << R"({"error":"model 'x' not found"})"
                                << "0 HTTP 429: model 'x' not found";
        QTest::newRow("vLLM") << R"({"object":"error","message":"too long","type":"BadRequestError"})"
                              << "0 HTTP 429: too long (BadRequestError)";
        QTest::newRow("FastAPI") << R"({"detail":"Not Found"})"
                                 << "0 HTTP 429: Not Found";
        QTest::newRow("no reason") << R"({"ok":false})"
                                   << "";
        QTest::newRow("no JSON") << "<html>"
                                 << "";
        QTest::newRow("an empty list") << "[]"
                                       << "";
    }
    void tellsWhyAModelRefuses()
    {
        QFETCH(QString, body);
        QFETCH(QString, said);
        Talk talk;
        talk.request();
        talk.time += 10 * Millisecond;
        talk.whole(RecordKind::HttpResponse, "HTTP/1.1 429 Too Many Requests\r\n\r\n");
        talk.whole(RecordKind::HttpBody, body.toStdString());
        talk.request();
        talk.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\n\r\n");
        talk.whole(RecordKind::HttpBody, R"({"error":"of something else"})");
        talk.chat("then it answers");
        Assembly assembly(talk.capture, SessionId(1));
        assembly.advance(4);
        QCOMPARE(assembly.status(), 429);
        assembly.advance();
        QCOMPARE(assembly.status(), 200);
        QStringList expected;
        if (!said.isEmpty())
            expected += said;
        expected += QString::number(expected.size()) + QStringLiteral(" then it answers");
        QCOMPARE(texts(assembly), expected);
    }

    void readsLinesAndWebSocketMessages()
    {
        Talk talk;
        talk.whole(RecordKind::StreamLine, R"({"model":"m","created_at":"t","response":"line","done":true})");
        Assembly lines(talk.capture, SessionId(1));
        lines.advance();
        QCOMPARE(texts(lines), QStringList{QStringLiteral("0 line")});

        Talk socket;
        const Bytes data = R"({"choices":[{"delta":{"content":"ws"}}]})";
        const auto frame = [](ByteView payload) { return Bytes{char(0x81), char(payload.size())} + Bytes(payload); };
        socket.framed(RecordKind::WsText, frame("ask"), Direction::Out);
        socket.time += 7 * Millisecond;
        socket.framed(RecordKind::WsText, frame(data));
        Assembly messages(socket.capture, SessionId(1));
        messages.advance();
        QCOMPARE(texts(messages), QStringList{QStringLiteral("0 ws")});
        const AssembledResponse &response = messages.texts().responses().at(0);
        QCOMPARE(response.firstEventAt - response.requestAt.value(), 7 * Millisecond);
    }

    void doesAsItIsTold()
    {
        Talk talk;
        talk.chat("as chat");
        talk.event(R"({"t":"as recipe"})");
        AssemblyRecipe recipe;
        recipe.text = TextPlace::parse("/t").value();
        Assembly assembly(talk.capture, SessionId(1), {AssemblyPreset::Recipe, std::move(recipe), {}});
        assembly.advance();
        QCOMPARE(texts(assembly), QStringList{QStringLiteral("0 as recipe")});
        Assembly gemini(talk.capture, SessionId(1), {AssemblyPreset::Gemini, {}, {}});
        gemini.advance();
        QVERIFY(gemini.texts().responses().empty());
        QCOMPARE(gemini.unknown(), std::uint64_t(2));
    }

    void passesOverLongMessages()
    {
        Talk talk;
        talk.chat(std::string(Assembly::LongestMessage, 'x'));
        talk.chat("short");
        Assembly assembly(talk.capture, SessionId(1));
        assembly.advance();
        QCOMPARE(assembly.tooLong(), std::uint64_t(1));
        QCOMPARE(texts(assembly), QStringList{QStringLiteral("0 short")});
    }

    /// Bytes of every kind in the midst of what each format sends.
    void survivesWhateverComes()
    {
        std::mt19937 random(4);
        const std::vector<std::string> seeds = {
            R"({"id":"c","choices":[{"index":0,"delta":{"content":"x","tool_calls":[{"index":0,"function":{"arguments":"y"}}]}}]})",
            R"({"type":"response.output_text.delta","output_index":1,"delta":"x"})",
            R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"x"}})",
            R"({"candidates":[{"content":{"parts":[{"text":"x"},{"functionCall":{"args":{}}}]}}]})"};
        Talk talk;
        for (int i = 0; i < 4000; ++i) {
            std::string data = seeds[random() % seeds.size()];
            for (unsigned change = random() % 4; change > 0; --change)
                data[random() % data.size()] = char(random() % 256);
            std::erase_if(data, [](char c) { return c == '\n' || c == '\r'; });
            talk.event(data);
        }
        for (const auto preset :
             {AssemblyPreset::OpenAiChat, AssemblyPreset::OpenAiResponses, AssemblyPreset::Anthropic,
              AssemblyPreset::Gemini, AssemblyPreset::Ollama, AssemblyPreset::Recipe}) {
            Assembly assembly(talk.capture, SessionId(1), {preset, {}, {}});
            assembly.advance();
            std::uint64_t last = 0;
            for (const AssembledSpan &span : assembly.texts().spans()) {
                QVERIFY(span.seq.value >= last && span.end > span.begin);
                QVERIFY(span.end <= assembly.texts().parts().at(span.part).text.size());
                last = span.seq.value;
            }
        }
    }
};

PUSHSCOPE_TEST(AssemblyTest)
#include "assemblytest.moc"
