#include "core/wire/tls/tlschannel.h"
#include "core/wire/tls/certificateauthority.h"
#include "tests/core/wire/tls/testcertificates.h"
#include "tests/support/testmain.h"

#include <openssl/ssl.h>

#include <QTest>

#include <algorithm>

using namespace pushscope;
using namespace pushscope::test;

namespace {

using State = TlsChannel::State;

/// A client and a server that talk in memory, in pieces of at most `piece` bytes.
struct Pair
{
    Pair(const TlsConfig &clientConfig, const TlsConfig &serverConfig)
        : client(make(clientConfig)), server(make(serverConfig))
    {
    }
    Pair(const TlsConfig &clientConfig, std::shared_ptr<const TlsContext> serverContext)
        : client(make(clientConfig)), server(TlsChannel::create(std::move(serverContext)))
    {
    }

    static std::unique_ptr<TlsChannel> make(const TlsConfig &config)
    {
        auto made = TlsChannel::create(config);
        return made ? std::move(*made) : nullptr;
    }

    static std::string drain(TlsChannel &channel)
    {
        std::string text;
        char buffer[5000];
        while (const std::size_t size = channel.read(buffer, sizeof buffer))
            text.append(buffer, size);
        return text;
    }

    bool carry(TlsChannel &from, TlsChannel &to, std::string &received) const
    {
        const Bytes bytes = from.takeOutput();
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            to.feed(ByteView(bytes).substr(at, piece));
            received += drain(to);
        }
        return !bytes.empty();
    }

    /// Until neither has anything to say.
    void talk()
    {
        client->start();
        bool more = true;
        for (int round = 0; more && round < 20; ++round) {
            more = carry(*client, *server, atServer);
            more = carry(*server, *client, atClient) || more;
        }
    }

    std::unique_ptr<TlsChannel> client;
    std::unique_ptr<TlsChannel> server;
    std::string atClient;
    std::string atServer;
    std::size_t piece = 16 * 1024;
};

} // namespace

class TlsChannelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto made = makeLocalCertificates();
        QVERIFY(made);
        m_authority = made->authority;
        m_server.role = Role::Server;
        m_server.certificateChain = made->chain;
        m_server.privateKey = made->privateKey;
        m_client.serverName = "localhost";
        m_client.systemStore = false;
        m_client.trusted = {m_authority};
    }

    void handshake_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("whole flights") << 65536;
        QTest::newRow("byte by byte") << 1;
        for (int piece = 2; piece < 40; ++piece)
            QTest::addRow("pieces of %d", piece) << piece;
    }
    void handshake();
    void version12();
    void addresses();
    void refusals_data();
    void refusals();
    void insecureSaysWhy();
    void alpn();
    void resumes();
    void keepsAnUnverifiedSessionUnverified();
    void keyLog();
    void closes();
    void aMebibyteThrough();
    void noTls_data();
    void noTls();
    void damagedRecord();
    void clientCertificate();

private:
    std::string m_authority;
    TlsConfig m_client;
    TlsConfig m_server;
};

void TlsChannelTest::handshake()
{
    QFETCH(int, piece);
    Pair pair(m_client, m_server);
    pair.piece = static_cast<std::size_t>(piece);
    pair.client->write("early "); // waits for the handshake
    pair.talk();
    QCOMPARE(pair.client->state(), State::Open);
    QCOMPARE(pair.server->state(), State::Open);
    pair.client->write("to the server");
    pair.server->write("to the client");
    pair.talk();
    QCOMPARE(pair.atServer, std::string("early to the server"));
    QCOMPARE(pair.atClient, std::string("to the client"));

    const TlsFacts &facts = pair.client->facts();
    QCOMPARE(facts.version, std::string("TLSv1.3"));
    QVERIFY(facts.cipher.starts_with("TLS_"));
    QCOMPARE(facts.group, std::string("X25519"));
    QVERIFY(facts.verified);
    QVERIFY(!facts.resumed);
    QCOMPARE(facts.verifyError, std::string());
    QCOMPARE(facts.alpn, std::string());
    QCOMPARE(facts.chain.size(), std::size_t{2});
    QCOMPARE(facts.chain[0].subject, std::string("CN=localhost"));
    QCOMPARE(facts.chain[0].issuer, facts.chain[1].subject);
    QCOMPARE(pair.server->facts().group, std::string("X25519"));
}

void TlsChannelTest::version12()
{
    const auto context = TlsContext::create(m_server);
    QVERIFY(context);
    SSL_CTX_set_max_proto_version((*context)->handle(), TLS1_2_VERSION);
    Pair pair(m_client, *context);
    pair.client->write("x");
    pair.talk();
    QCOMPARE(pair.client->facts().version, std::string("TLSv1.2"));
    QCOMPARE(pair.client->facts().group, std::string("X25519"));
    QCOMPARE(pair.atServer, std::string("x"));
    TlsConfig client = m_client;
    client.session = pair.client->session();
    Pair again(client, *context);
    again.talk();
    QVERIFY(again.client->facts().resumed);
    client.minimumVersion = 13;
    Pair stricter(client, *context);
    stricter.talk();
    QCOMPARE(stricter.client->state(), State::Failed);
    QCOMPARE(stricter.client->error().code, ErrorCode::TlsHandshake);
}

void TlsChannelTest::addresses()
{
    for (const char *address : {"127.0.0.1", "::1", "localhost."}) {
        TlsConfig client = m_client;
        client.serverName = address;
        Pair pair(client, m_server);
        pair.talk();
        QVERIFY2(pair.client->state() == State::Open, pair.client->error().detail.c_str());
    }
}

void TlsChannelTest::refusals_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("alternativeNames");
    QTest::addColumn<int>("secondsFromNow");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray localhost("DNS:localhost");
    QTest::newRow("wrong host") << QByteArray("example.org") << localhost << 3600 << true
                                << QByteArray("hostname mismatch");
    QTest::newRow("wrong address") << QByteArray("127.0.0.2") << QByteArray("IP:127.0.0.1") << 3600 << true
                                   << QByteArray("IP address mismatch");
    QTest::newRow("common name") << QByteArray("test") << QByteArray("IP:127.0.0.1") << 3600 << true
                                 << QByteArray("hostname mismatch"); // RFC 9110 section 4.3.4
    QTest::newRow("unknown authority") << QByteArray("localhost") << localhost << 3600 << false
                                       << QByteArray("self-signed certificate");
    QTest::newRow("expired") << QByteArray("localhost") << localhost << -60 << true
                             << QByteArray("certificate has expired");
}

void TlsChannelTest::refusals()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, alternativeNames);
    QFETCH(int, secondsFromNow);
    QFETCH(bool, trusted);
    QFETCH(QByteArray, reason);
    TestCertificateOptions options;
    options.alternativeNames = alternativeNames.toStdString();
    options.secondsFromNow = secondsFromNow;
    const TestCertificate certificate = makeTestCertificate(options);
    TlsConfig server = m_server;
    server.certificateChain = certificate.certificate;
    server.privateKey = certificate.privateKey;
    TlsConfig client = m_client;
    client.serverName = name.toStdString();
    if (trusted)
        client.trusted = {certificate.certificate};
    Pair pair(client, server);
    pair.client->write("secret");
    pair.talk();
    QCOMPARE(pair.client->state(), State::Failed);
    QCOMPARE(pair.client->error().code, ErrorCode::TlsVerify);
    QVERIFY2(pair.client->error().detail.find(reason.toStdString()) != std::string::npos,
             pair.client->error().detail.c_str());
    QVERIFY2(pair.client->error().detail.find(name.toStdString()) != std::string::npos,
             pair.client->error().detail.c_str());
    QVERIFY(!pair.client->facts().verified);
    QVERIFY(!pair.client->facts().verifyError.empty());
    QCOMPARE(pair.client->facts().version, std::string("TLSv1.3"));
    QVERIFY(!pair.client->facts().cipher.empty());
    QCOMPARE(pair.client->facts().chain.size(), std::size_t{1});
    QCOMPARE(pair.client->facts().chain[0].subjectAltNames[0], options.alternativeNames);
    QCOMPARE(pair.atServer, std::string());
    QCOMPARE(pair.server->state(), State::Failed); // by our alert
    QVERIFY2(pair.server->error().detail.find("the peer sent the alert") != std::string::npos,
             pair.server->error().detail.c_str());
}

void TlsChannelTest::insecureSaysWhy()
{
    TlsConfig client = m_client;
    client.verify = false;
    client.trusted.clear();
    client.serverName = "example.org";
    Pair pair(client, m_server);
    pair.client->write("x");
    pair.talk();
    QCOMPARE(pair.client->state(), State::Open);
    QCOMPARE(pair.atServer, std::string("x"));
    const TlsFacts &facts = pair.client->facts();
    QVERIFY(!facts.verified);
    QVERIFY2(facts.verifyError.find("hostname mismatch") != std::string::npos, facts.verifyError.c_str());
    QVERIFY2(facts.verifyError.find("self-signed") != std::string::npos, facts.verifyError.c_str());
    QCOMPARE(facts.chain.size(), std::size_t{2});
}

void TlsChannelTest::alpn()
{
    TlsConfig client = m_client;
    client.alpn = {"h2", "http/1.1"};
    TlsConfig server = m_server;
    server.alpn = {"http/1.1", "h2"};
    Pair pair(client, server);
    pair.talk();
    QCOMPARE(pair.client->facts().alpn, std::string("http/1.1"));
    QCOMPARE(pair.server->facts().alpn, std::string("http/1.1"));

    server.alpn = {"other"};
    Pair strangers(client, server);
    strangers.talk();
    QCOMPARE(strangers.client->state(), State::Failed);
    QVERIFY2(strangers.client->error().detail.find("no application protocol") != std::string::npos,
             strangers.client->error().detail.c_str());

    Pair silent(client, m_server);
    silent.talk();
    QCOMPARE(silent.client->facts().alpn, std::string());
}

void TlsChannelTest::resumes()
{
    const auto context = TlsContext::create(m_server);
    QVERIFY(context);
    Pair first(m_client, *context);
    first.talk();
    QVERIFY(!first.client->session().empty());
    TlsConfig client = m_client;
    client.session = first.client->session();
    Pair second(client, *context);
    second.talk();
    QCOMPARE(second.client->state(), State::Open);
    QVERIFY(second.client->facts().resumed);
    QVERIFY(second.client->facts().verified);
    QCOMPARE(second.client->facts().chain.at(0).subject, std::string("CN=localhost"));

    client.session = "nonsense";
    Pair third(client, *context);
    third.talk();
    QCOMPARE(third.client->state(), State::Open);
    QVERIFY(!third.client->facts().resumed);
}

void TlsChannelTest::keepsAnUnverifiedSessionUnverified()
{
    const auto context = TlsContext::create(m_server);
    QVERIFY(context);
    TlsConfig client = m_client;
    client.trusted.clear();
    client.verify = false;
    Pair first(client, *context);
    first.talk();
    client.verify = true;
    client.session = first.client->session();
    Pair second(client, *context);
    second.client->write("secret");
    second.talk();
    QCOMPARE(second.client->state(), State::Failed);
    QCOMPARE(second.client->error().code, ErrorCode::TlsVerify);
    QCOMPARE(second.atServer, std::string());
}

void TlsChannelTest::keyLog()
{
    std::vector<std::string> lines;
    TlsConfig client = m_client;
    client.keyLog = [&lines](std::string_view line) { lines.emplace_back(line); };
    Pair pair(client, m_server);
    pair.talk();
    QVERIFY(lines.size() >= 4);
    QVERIFY(std::any_of(lines.begin(), lines.end(),
                        [](const std::string &line) { return line.starts_with("CLIENT_TRAFFIC_SECRET_0 "); }));
    QVERIFY(std::none_of(lines.begin(), lines.end(), [](const std::string &line) { return line.ends_with('\n'); }));
}

void TlsChannelTest::closes()
{
    Pair pair(m_client, m_server);
    pair.talk();
    pair.server->write("last words");
    pair.server->close();
    pair.server->write("too late");
    pair.talk();
    QCOMPARE(pair.atClient, std::string("last words"));
    QCOMPARE(pair.client->state(), State::PeerClosed);
    pair.client->write("half open"); // RFC 8446 section 6.1: the other direction stays
    pair.client->close();
    pair.talk();
    QCOMPARE(pair.atServer, std::string("half open"));
    QCOMPARE(pair.server->state(), State::PeerClosed);
}

void TlsChannelTest::aMebibyteThrough()
{
    Pair pair(m_client, m_server);
    pair.talk();
    std::string sent(1024 * 1024, '\0');
    for (std::size_t i = 0; i < sent.size(); ++i)
        sent[i] = static_cast<char>(i * 31 + i / 251);
    pair.piece = 7777;
    pair.server->write(sent);
    pair.talk();
    QVERIFY(pair.atClient == sent);
}

void TlsChannelTest::noTls_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("client");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("HTTP from a server") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << true
                                        << QByteArray("the server answered in cleartext HTTP");
    QTest::newRow("HTTP from a client") << QByteArray("GET / HTTP/1.1\r\n\r\n") << false
                                        << QByteArray("the client spoke cleartext HTTP");
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH\r\n") << true << QByteArray("the peer does not speak TLS: ");
    QTest::newRow("alert") << QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7) << true
                           << QByteArray("the TLS handshake failed: the peer sent the alert \"handshake failure\"");
}

void TlsChannelTest::noTls()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, client);
    QFETCH(QByteArray, words);
    for (const bool whole : {true, false}) {
        const auto channel = Pair::make(client ? m_client : m_server);
        channel->start();
        const std::string input = bytes.toStdString();
        for (std::size_t at = 0; at < input.size(); at += whole ? input.size() : 1)
            channel->feed(ByteView(input).substr(at, whole ? input.size() : 1));
        QCOMPARE(channel->state(), State::Failed);
        QCOMPARE(channel->error().code, ErrorCode::TlsHandshake);
        QVERIFY2(channel->error().detail.starts_with(words.toStdString()), channel->error().detail.c_str());
        channel->write("ignored");
        channel->close();
    }
}

void TlsChannelTest::damagedRecord()
{
    Pair pair(m_client, m_server);
    pair.talk();
    pair.server->write("fine");
    pair.server->takeOutput();
    pair.server->write("after a gap"); // a record is missing now
    pair.talk();
    QCOMPARE(pair.atClient, std::string());
    QCOMPARE(pair.client->state(), State::Failed);
    QVERIFY2(pair.client->error().detail.starts_with("TLS failed: "), pair.client->error().detail.c_str());
}

void TlsChannelTest::clientCertificate()
{
    const TestCertificate certificate = makeTestCertificate();
    TlsConfig client = m_client;
    client.certificateChain = certificate.certificate;
    client.privateKey = certificate.privateKey;
    Pair pair(client, m_server); // this server doesn't ask for it
    pair.talk();
    QCOMPARE(pair.client->state(), State::Open);
}

PUSHSCOPE_TEST(TlsChannelTest)
#include "tlschanneltest.moc"
