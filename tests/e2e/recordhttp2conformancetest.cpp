#include "core/demo/democertificates.h"
#include "tests/e2e/program.h"
#include "tests/support/http2bytes.h"
#include "tests/support/http2caseplayer.h"
#include "tests/support/testmain.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QStringList>
#include <QTcpServer>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

using namespace pushscope;
using namespace pushscope::test;

namespace {

constexpr std::size_t programsAtOnce = 6;
using Outcome = Http2Case::Outcome;

/// A frame's header as the recording tells it.
struct FrameLine
{
    QString kind;
    int stream = 0;
    int length = 0;
    friend bool operator==(const FrameLine &, const FrameLine &) = default;
};

std::vector<FrameLine> framesOf(const Http2Case &rule)
{
    std::vector<FrameLine> frames;
    for (const Bytes &step : rule.steps) {
        for (ByteView rest = step; rest.size() >= Http2FrameHeader::Size;) {
            const Http2FrameHeader header = parseHttp2FrameHeader(rest);
            const bool isKnown = header.type <= Http2FrameType::Continuation;
            const QString type = QString::fromStdString(std::string(word(header.type))).toLower();
            frames.push_back({QStringLiteral("h2.") + (isKnown ? type : QStringLiteral("unknown")),
                              static_cast<int>(header.stream), static_cast<int>(header.length)});
            rest.remove_prefix(std::min(rest.size(), Http2FrameHeader::Size + header.length));
        }
    }
    return frames;
}

Bytes wholeAnswer()
{
    return headers(1, answerBlock("200", {{"content-type", "text/event-stream"}}));
}

/// What must still come for the stream to end well: nothing where the case ended or reset it.
Bytes restOfAnswer(const Http2Case &rule)
{
    bool isOpen = false;
    for (const Bytes &step : rule.steps) {
        for (ByteView rest = step; rest.size() >= Http2FrameHeader::Size;) {
            const Http2FrameHeader header = parseHttp2FrameHeader(rest);
            const bool isOfStream = header.stream == 1;
            if (isOfStream && (header.has(Http2Flag::EndStream) || header.type == Http2FrameType::RstStream))
                return {};
            isOpen = isOpen || (isOfStream && header.type == Http2FrameType::Headers);
            rest.remove_prefix(std::min(rest.size(), Http2FrameHeader::Size + header.length));
        }
    }
    return isOpen ? data(1, {}) : wholeAnswer();
}

/// A server for one program: it plays a case behind the program's request.
class CaseServer : public QTcpServer
{
public:
    CaseServer(const Http2Case &rule, const QSslConfiguration &tls)
        : m_player(rule, m_socket), m_isSecure(!tls.localCertificate().isNull())
    {
        m_socket.setSslConfiguration(tls);
        connect(&m_player, &Http2CasePlayer::received, this, [this] {
            if (!std::exchange(m_isAsked, m_player.judge().hasHeaders()) && m_isAsked)
                m_player.start(settings() + settingsAck());
        });
        connect(&m_player, &Http2CasePlayer::decided, this, [this] {
            const Bytes rest = restOfAnswer(m_player.judge().rule());
            m_socket.write(rest.data(), static_cast<qint64>(rest.size()));
        });
        listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] QString url() const
    {
        return QStringLiteral("%1://127.0.0.1:%2/")
            .arg(m_isSecure ? QStringLiteral("https") : QStringLiteral("http"))
            .arg(serverPort());
    }
    [[nodiscard]] const Http2CasePlayer &player() const { return m_player; }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        m_socket.setSocketDescriptor(descriptor);
        if (m_isSecure)
            m_socket.startServerEncryption();
        close(); // one program, one connection
    }

private:
    QSslSocket m_socket;
    Http2CasePlayer m_player;
    bool m_isSecure;
    bool m_isAsked = false;
};

/// A program and the server that it records.
class CaseRecording
{
public:
    CaseRecording(const Http2Case &rule, const QSslConfiguration &tls)
        : m_server(rule, tls), m_program({QStringLiteral("record"), QStringLiteral("--http"), QStringLiteral("2"),
                                          QStringLiteral("-k"), QStringLiteral("--no-reconnect"), m_server.url()})
    {
    }
    [[nodiscard]] bool isOver() { return m_program.process().state() == QProcess::NotRunning; }
    /// What is wrong; empty when nothing is.
    [[nodiscard]] QString problem();

private:
    [[nodiscard]] bool isKept() const;
    [[nodiscard]] QString problemOfError();
    [[nodiscard]] bool areFramesRecorded();

    CaseServer m_server;
    Program m_program;
};

/// A program whose stream has ended well may leave before the last PING is answered.
bool CaseRecording::isKept() const
{
    const Http2CaseJudge &judge = m_server.player().judge();
    const Http2Case &rule = judge.rule();
    if (m_server.player().isKept())
        return true;
    return rule.outcome == Outcome::PingAnswered && restOfAnswer(rule).empty() && judge.leftWithoutError();
}

/// Each of the case's frames has its record, in their order.
bool CaseRecording::areFramesRecorded()
{
    std::vector<FrameLine> recorded;
    for (const QJsonObject &record : m_program.records(QStringLiteral("frames"))) {
        if (record[QStringLiteral("dir")].toString() == QStringLiteral("in"))
            recorded.push_back({record[QStringLiteral("kind")].toString(), record[QStringLiteral("stream")].toInt(),
                                record[QStringLiteral("length")].toInt()});
    }
    const std::vector<FrameLine> sent = framesOf(m_server.player().judge().rule());
    constexpr std::size_t handshake = 2; // SETTINGS and its acknowledgement
    return recorded.size() >= handshake + sent.size() &&
           std::equal(sent.begin(), sent.end(), recorded.begin() + handshake);
}

QString CaseRecording::problemOfError()
{
    if (!areFramesRecorded())
        return QStringLiteral("its frames are not recorded\n");
    const QList<QJsonObject> errors = m_program.records(QStringLiteral("error"));
    const bool isNamed = std::any_of(errors.begin(), errors.end(), [](const QJsonObject &error) {
        const QString code = error[QStringLiteral("code")].toString();
        return code == QStringLiteral("http2.stream-reset") || // the server's own doing, in front of what is wrong
               (code.startsWith(QStringLiteral("http2.")) &&
                error[QStringLiteral("text")].toString().contains(QStringLiteral("(RFC ")));
    });
    if (!isNamed)
        return QStringLiteral("no error record names it\n");
    return m_program.errors().contains("http2.") ? QString() : QStringLiteral("standard error does not name it\n");
}

QString CaseRecording::problem()
{
    QString text;
    const Http2Case &rule = m_server.player().judge().rule();
    const int code = m_program.exitCode();
    if (!isKept())
        text = QString::fromStdString(m_server.player().judge().verdict());
    const bool isError = rule.outcome == Outcome::ConnectionError || rule.outcome == Outcome::StreamError ||
                         rule.outcome == Outcome::Over;
    const bool isReset = rule.name.starts_with("RST_STREAM with an unknown"); // the server's right, but no good end
    if (code != (isError || isReset ? 1 : 0))
        text += QStringLiteral("exit code %1\n").arg(code);
    if (isError)
        text += problemOfError();
    if (!text.isEmpty())
        text = QString::fromStdString(rule.section + ' ' + rule.name + ":\n") + text +
               QString::fromUtf8(m_program.errors());
    return text;
}

/// A server's configuration that agrees on h2.
QSslConfiguration serverConfiguration()
{
    const auto certificates = demo::demoCertificates({});
    QSslConfiguration configuration;
    if (!certificates)
        return configuration;
    configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromData(QByteArray::fromStdString(certificates->chain)));
    const QByteArray key = QByteArray::fromStdString(certificates->privateKey);
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        if (const QSslKey privateKey(key, algorithm); !privateKey.isNull())
            configuration.setPrivateKey(privateKey);
    }
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setAllowedNextProtocols({QByteArrayLiteral("h2")});
    return configuration;
}

} // namespace

/// The real program against every rule of the table, over sockets.
class RecordHttp2ConformanceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRules_data()
    {
        QTest::addColumn<bool>("isSecure");
        QTest::newRow("cleartext") << false;
        QTest::newRow("TLS") << true;
    }
    void keepsTheRules()
    {
        QFETCH(bool, isSecure);
        const QSslConfiguration tls = isSecure ? serverConfiguration() : QSslConfiguration();
        QCOMPARE(tls.privateKey().isNull(), !isSecure);
        const std::vector<Http2Case> cases = http2ClientCases();
        QVERIFY(cases.size() >= 57);
        QStringList problems;
        for (std::size_t begin = 0; begin < cases.size(); begin += programsAtOnce) {
            std::vector<std::unique_ptr<CaseRecording>> recordings;
            for (std::size_t i = begin; i < std::min(cases.size(), begin + programsAtOnce); ++i)
                recordings.push_back(std::make_unique<CaseRecording>(cases[i], tls));
            QTRY_VERIFY_WITH_TIMEOUT(std::all_of(recordings.begin(), recordings.end(),
                                                 [](const auto &recording) { return recording->isOver(); }),
                                     30'000);
            for (const auto &recording : recordings)
                problems += recording->problem();
        }
        problems.removeAll(QString());
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }
};

PUSHSCOPE_TEST(RecordHttp2ConformanceTest)
#include "recordhttp2conformancetest.moc"
