#include "core/wire/ws/wsendpoint.h"

#include "core/wire/ws/wsframedecoder.h"
#include "tests/core/wire/ws/wstext.h"
#include "tests/support/paths.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

/// Plays transcripts.txt, which says what it means.
class WsEndpointTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers_data();
    void answers();
    void hasEnoughTranscripts();
    void asksForAKeyForEachFrame();
    void everyFailureFitsInAClose();
};

namespace {

/// The transcripts by name.
QMap<QByteArray, QByteArrayList> readTranscripts()
{
    QMap<QByteArray, QByteArrayList> transcripts;
    QFile file(test::sourcePath("tests/core/wire/ws/transcripts.txt"));
    if (!file.open(QIODevice::ReadOnly))
        return transcripts;
    QByteArray name;
    for (QByteArray line : file.readAll().split('\n')) {
        line = line.trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (line.startsWith("transcript "))
            name = line.mid(11);
        else
            transcripts[name].append(line);
    }
    return transcripts;
}

QByteArray firstWord(QByteArray &line)
{
    const qsizetype end = line.indexOf(' ');
    const QByteArray word = end < 0 ? line : line.left(end);
    line = end < 0 ? QByteArray() : line.mid(end + 1);
    return word;
}

std::string_view sentenceOf(const QByteArray &ruleId)
{
    for (std::uint16_t number = 0; number < static_cast<std::uint16_t>(Rule::Count); ++number) {
        const RuleInfo &info = ruleInfo(static_cast<Rule>(number));
        if (ruleId == QByteArray(info.id.data(), static_cast<qsizetype>(info.id.size())))
            return info.text;
    }
    return "no such rule";
}

/// One end of a connection as a session builds it: decoder, assembler, endpoint.
class Player
{
public:
    Player(QByteArray options, bool byteByByte)
        : m_byteByByte(byteByByte), m_role(firstWord(options) == "client" ? Role::Client : Role::Server)
    {
        WsEndpoint::Options rules{.role = m_role, .maskSource = [] { return 0; }};
        std::uint32_t limit = 1 << 20;
        while (!options.isEmpty()) {
            const QByteArray option = firstWord(options);
            rules.autoPong = rules.autoPong && option != "no-pong";
            rules.failOnViolation = rules.failOnViolation && option != "keep-going";
            if (option.startsWith("limit="))
                limit = option.mid(6).toUInt();
        }
        m_decoder.emplace(m_role == Role::Client ? Role::Server : Role::Client, limit);
        m_assembler.emplace(WsAssembler::Options{.messageLimit = limit});
        m_endpoint.emplace(rules);
    }

    /// The peer sends; returns what is answered, one line for each frame.
    QByteArrayList receive(const Bytes &bytes)
    {
        m_answers.clear();
        for (std::size_t at = 0; at < bytes.size(); at += m_byteByByte ? 1 : bytes.size())
            feed(ByteView(bytes).substr(at, m_byteByByte ? 1 : bytes.size()));
        return m_answers;
    }

    /// We send; returns what goes out, or "refused".
    QByteArrayList send(QByteArray line)
    {
        const QByteArray word = firstWord(line);
        if (word == "raw") {
            const Bytes bytes = bytesOf(line.toStdString());
            WsFrameSpec spec;
            spec.opcode = static_cast<WsOpcode>(bytes[0] & 0xF);
            m_endpoint->noteRaw(spec);
            return {};
        }
        const std::uint16_t code = word == "close" ? firstWord(line).toUShort() : std::uint16_t{0};
        const Bytes payload = bytesOf(line.toStdString());
        const auto spec = word == "text"     ? m_endpoint->text(payload)
                          : word == "binary" ? m_endpoint->binary(payload)
                          : word == "ping"   ? m_endpoint->ping(payload)
                          : word == "pong"   ? m_endpoint->pong(payload)
                                             : m_endpoint->close(code, payload);
        return {spec ? hex(encodeWsFrame(*spec)) : QByteArray("refused")};
    }

    /// What a `<` line says must go out.
    [[nodiscard]] QByteArray expectation(QByteArray line) const
    {
        if (line == "refused")
            return line;
        if (!line.startsWith("fail "))
            return hex(bytesOf(line.toStdString()));
        firstWord(line);
        const std::uint16_t code = firstWord(line).toUShort();
        WsFrameSpec spec;
        spec.opcode = WsOpcode::Close;
        spec.payload = closePayload(code, sentenceOf(line));
        if (m_role == Role::Client)
            spec.maskingKey = std::array<std::uint8_t, 4>{};
        return hex(encodeWsFrame(spec));
    }

    QByteArray end() const
    {
        static constexpr const char *words[]{"open", "close-sent", "close-received", "closed"};
        QByteArray line = words[static_cast<std::size_t>(m_endpoint->state())];
        if (m_endpoint->failureCode())
            line += " failed " + QByteArray::number(*m_endpoint->failureCode());
        return m_endpoint->shouldDisconnect() ? line + " disconnect" : line;
    }

private:
    void feed(ByteView part)
    {
        WsFrameFact fact;
        m_decoder->feed(part);
        while (m_decoder->next(fact)) {
            note(m_endpoint->take(nullptr, m_decoder->findings()));
            const auto message = m_assembler->take(fact);
            note(m_endpoint->take(message ? &*message : nullptr, m_assembler->findings()));
        }
    }
    void note(const std::vector<WsFrameSpec> &specs)
    {
        for (const WsFrameSpec &spec : specs)
            m_answers.append(hex(encodeWsFrame(spec)));
    }
    static QByteArray hex(const Bytes &bytes) { return QByteArray::fromStdString(bytes).toHex(' '); }

    bool m_byteByByte;
    Role m_role;
    std::optional<WsFrameDecoder> m_decoder;
    std::optional<WsAssembler> m_assembler;
    std::optional<WsEndpoint> m_endpoint;
    QByteArrayList m_answers;
};

} // namespace

void WsEndpointTest::answers_data()
{
    QTest::addColumn<QByteArrayList>("script");
    const auto transcripts = readTranscripts();
    for (auto it = transcripts.begin(); it != transcripts.end(); ++it)
        QTest::newRow(it.key()) << it.value();
}

void WsEndpointTest::answers()
{
    QFETCH(QByteArrayList, script);
    for (const bool byteByByte : {false, true}) {
        QVERIFY(script.front().startsWith("role ") && script.back().startsWith("end "));
        Player player(script.front().mid(5), byteByByte);
        QByteArrayList due;
        for (const QByteArray &line : script.mid(1)) {
            const QByteArray rest = line.mid(2);
            if (line.startsWith("< ")) {
                QVERIFY2(!due.isEmpty(), "nothing went out for: " + line);
                QCOMPARE(due.takeFirst(), player.expectation(rest));
                continue;
            }
            QVERIFY2(due.isEmpty(), "went out unexpected: " + due.join(", ") + ", before: " + line);
            if (line.startsWith("> "))
                due = player.receive(bytesOf(rest.toStdString()));
            else if (line.startsWith("! "))
                due = player.send(rest);
            else
                QCOMPARE(player.end(), line.mid(4));
        }
    }
}

/// A file that is not found would leave nothing to fail.
void WsEndpointTest::hasEnoughTranscripts()
{
    QVERIFY(readTranscripts().size() >= 200);
}

void WsEndpointTest::asksForAKeyForEachFrame()
{
    std::uint32_t key = 0x01020304;
    WsEndpoint client({.role = Role::Client, .maskSource = [&key] { return key++; }});
    QCOMPARE(client.text("a")->maskingKey.value(), (std::array<std::uint8_t, 4>{1, 2, 3, 4}));
    QCOMPARE(client.ping("b")->maskingKey.value(), (std::array<std::uint8_t, 4>{1, 2, 3, 5}));
    WsEndpoint server({.role = Role::Server, .maskSource = {}});
    QVERIFY(!server.text("a")->maskingKey);
}

void WsEndpointTest::everyFailureFitsInAClose()
{
    int failures = 0;
    for (std::uint16_t number = 0; number < static_cast<std::uint16_t>(Rule::Count); ++number) {
        const auto rule = static_cast<Rule>(number);
        if (failureCodeFor(rule) == 0)
            continue;
        ++failures;
        WsEndpoint server({.role = Role::Server, .maskSource = {}});
        const Finding finding{rule};
        const auto answers = server.take(nullptr, {&finding, 1});
        QCOMPARE(answers.size(), 1u);
        QCOMPARE(answers.front().payload, closePayload(failureCodeFor(rule), ruleInfo(rule).text));
        QCOMPARE(server.failureCode().value(), failureCodeFor(rule));
        QVERIFY(server.failureReason() == ruleInfo(rule).text);
    }
    QCOMPARE(failures, 16);
    QCOMPARE(failureCodeFor(Rule::WsDataAfterClose), std::uint16_t{0});
    QCOMPARE(failureCodeFor(Rule::WsPongUnasked), std::uint16_t{0});
}

PUSHSCOPE_TEST(WsEndpointTest)
#include "wsendpointtest.moc"
