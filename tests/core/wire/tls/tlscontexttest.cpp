#include "core/wire/tls/tlscontext.h"
#include "tests/core/wire/tls/testcertificates.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {

/// "" or the words of the refusal.
std::string refusal(const TlsConfig &config)
{
    const auto context = TlsContext::create(config);
    if (context)
        return {};
    return context.error().code == ErrorCode::TlsConfig ? context.error().detail : "another code";
}

TlsConfig server(const TestCertificate &certificate)
{
    TlsConfig config;
    config.role = Role::Server;
    config.certificateChain = certificate.certificate;
    config.privateKey = certificate.privateKey;
    return config;
}

} // namespace

class TlsContextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pem()
    {
        const TestCertificate certificate = makeTestCertificate();
        QCOMPARE(refusal(server(certificate)), std::string());
        TlsConfig config = server(certificate);
        config.privateKey = makeTestCertificate().privateKey;
        QCOMPARE(refusal(config), std::string("the private key does not belong to the certificate"));
        config.privateKey = "nonsense";
        QCOMPARE(refusal(config), std::string("the private key is missing: its text holds no PEM private key"));
        config.privateKey = "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n";
        QVERIFY(refusal(config).starts_with("the private key can't be read: "));
        config.certificateChain = "nonsense";
        QCOMPARE(refusal(config), std::string("the certificate text holds no PEM certificate"));
        config = {};
        config.role = Role::Server;
        QCOMPARE(refusal(config), std::string("a TLS server needs a certificate and a private key"));
    }

    void encryptedPem()
    {
        TestCertificateOptions options;
        options.passphrase = "secret";
        TlsConfig config = server(makeTestCertificate(options));
        QCOMPARE(refusal(config), std::string("the private key is encrypted and no passphrase was given"));
        config.passphrase = "guess";
        QCOMPARE(refusal(config), std::string("the private key can't be decrypted: wrong passphrase"));
        config.passphrase = "secret";
        QCOMPARE(refusal(config), std::string());
    }

    void pkcs12()
    {
        TestCertificateOptions options;
        options.passphrase = "secret";
        TlsConfig config;
        config.role = Role::Server;
        config.pkcs12 = makeTestCertificate(options).pkcs12;
        QCOMPARE(refusal(config), std::string("the PKCS #12 file is encrypted and no passphrase was given"));
        config.passphrase = "guess";
        QCOMPARE(refusal(config), std::string("the PKCS #12 file can't be decrypted: wrong passphrase"));
        config.passphrase = "secret";
        QCOMPARE(refusal(config), std::string());
        config.pkcs12 = makeTestCertificate().pkcs12;
        config.passphrase.clear();
        QCOMPARE(refusal(config), std::string());
        config.pkcs12 = "nonsense";
        QVERIFY(refusal(config).starts_with("the certificate is neither PEM nor PKCS #12: "));
    }

    void client()
    {
        TlsConfig config;
        QCOMPARE(refusal(config), std::string("there is no server name to check the certificate against"));
        config.serverName = "localhost";
        QCOMPARE(refusal(config), std::string());
        config.trusted = {makeTestCertificate().certificate + makeTestCertificate().certificate};
        QCOMPARE(refusal(config), std::string());
        config.trusted.push_back("nonsense");
        QCOMPARE(refusal(config), std::string("the text with trusted certificates holds no PEM certificate"));
        config.trusted.clear();
        config.alpn = {"h2", ""};
        QCOMPARE(refusal(config), std::string("an ALPN name has 1 to 255 bytes: \"\""));
    }
};

PUSHSCOPE_TEST(TlsContextTest)
#include "tlscontexttest.moc"
