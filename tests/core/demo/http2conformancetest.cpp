#include "tests/core/demo/demorun.h"
#include "tests/core/demo/http2client.h"
#include "tests/support/http2bytes.h"
#include "tests/support/http2caseplayer.h"
#include "tests/support/testmain.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QStringList>
#include <QTest>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace pushscope;
using namespace pushscope::test;

namespace {

constexpr std::uint32_t mostStreams = 10'000; // as the server's SETTINGS say
constexpr std::size_t casesAtOnce = 24;

/// One case on a connection of its own.
class CaseClient
{
public:
    CaseClient(const Http2Case &rule, std::uint16_t port, bool isSecure) : m_player(rule, m_socket)
    {
        const auto begin = [this, hasHandshake = rule.hasHandshake] {
            m_player.start(hasHandshake ? Bytes(Http2Preface) + settings() + settingsAck() : Bytes());
        };
        if (!isSecure) {
            QObject::connect(&m_socket, &QSslSocket::connected, &m_player, begin);
            m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
            return;
        }
        QSslConfiguration configuration = m_socket.sslConfiguration();
        configuration.setAllowedNextProtocols({QByteArrayLiteral("h2")});
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.setSslConfiguration(configuration);
        QObject::connect(&m_socket, &QSslSocket::encrypted, &m_player, begin);
        m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    }
    [[nodiscard]] const Http2CasePlayer &player() const { return m_player; }

private:
    QSslSocket m_socket;
    Http2CasePlayer m_player;
};

/// The table's requests, for this server.
std::vector<Http2Case> casesFor(std::uint16_t port)
{
    std::vector<Http2Case> cases = http2ServerCases(mostStreams);
    for (Http2Case &rule : cases) {
        if (!rule.hasHandshake)
            continue;
        for (Bytes &step : rule.steps)
            step = withAuthority(step, "127.0.0.1:" + std::to_string(port));
    }
    return cases;
}

} // namespace

/// The running server against every rule of the table, over sockets.
class Http2ConformanceTest : public QObject
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
        DemoRun run;
        const std::uint16_t port = isSecure ? run.tlsPort() : run.port();
        QVERIFY(port != 0);
        const std::vector<Http2Case> cases = casesFor(port);
        QVERIFY(cases.size() >= 146);
        QStringList broken;
        for (std::size_t begin = 0; begin < cases.size(); begin += casesAtOnce) {
            std::vector<std::unique_ptr<CaseClient>> clients;
            for (std::size_t i = begin; i < std::min(cases.size(), begin + casesAtOnce); ++i)
                clients.push_back(std::make_unique<CaseClient>(cases[i], port, isSecure));
            QTRY_VERIFY_WITH_TIMEOUT(std::all_of(clients.begin(), clients.end(),
                                                 [](const auto &client) { return client->player().isDecided(); }),
                                     30'000);
            for (const auto &client : clients) {
                const Http2CaseJudge &judge = client->player().judge();
                if (!client->player().isKept())
                    broken += QString::fromStdString(judge.rule().section + ' ' + judge.rule().name + ":\n" +
                                                     judge.verdict());
            }
        }
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));

        Http2Client client(run.port());
        const StreamId page = client.get("/");
        QVERIFY(client.readToEnd(page));
        QCOMPARE(client.answer(page).head->status, 200);
    }
};

PUSHSCOPE_TEST(Http2ConformanceTest)
#include "http2conformancetest.moc"
