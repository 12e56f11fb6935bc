#include "core/wire/tls/certificateauthority.h"
#include "core/wire/tls/opensslpointer.h"
#include "tests/support/testmain.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <QTest>

using namespace pushscope;

namespace {

using X509Pointer = OpensslPointer<X509, X509_free>;

X509Pointer read(const std::string &pem)
{
    const OpensslPointer<BIO, BIO_free_all> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return X509Pointer(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
}

std::string printed(const X509Pointer &certificate)
{
    const OpensslPointer<BIO, BIO_free_all> out(BIO_new(BIO_s_mem()));
    X509_print(out.get(), certificate.get());
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
}

} // namespace

class CertificateAuthorityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto made = makeLocalCertificates();
        QVERIFY(made);
        m_made = std::move(*made);
    }

    void theAuthorityIsLimited()
    {
        const X509Pointer authority = read(m_made.authority);
        QVERIFY(authority);
        QCOMPARE(X509_check_ca(authority.get()), 1);
        QCOMPARE(X509_get_pathlen(authority.get()), 0l);
        const std::string text = printed(authority);
        for (const char *part : {"CA:TRUE, pathlen:0", "X509v3 Key Usage: critical", "Certificate Sign\n",
                                 "X509v3 Name Constraints: critical", "DNS:localhost", "IP:127.0.0.1/255.255.255.255",
                                 "IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF"})
            QVERIFY2(text.find(part) != std::string::npos, (part + ("\n" + text)).c_str());
    }

    void theServerIsThisMachine()
    {
        const X509Pointer server = read(m_made.chain);
        QVERIFY(server);
        QCOMPARE(X509_check_host(server.get(), "localhost", 0, 0, nullptr), 1);
        QCOMPARE(X509_check_ip_asc(server.get(), "127.0.0.1", 0), 1);
        QCOMPARE(X509_check_ip_asc(server.get(), "::1", 0), 1);
        QCOMPARE(X509_check_host(server.get(), "example.org", 0, 0, nullptr), 0);
        int days = 0;
        int seconds = 0;
        QCOMPARE(ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(server.get()), X509_get0_notAfter(server.get())),
                 1);
        QVERIFY(days <= 825);
        const OpensslPointer<X509_STORE, X509_STORE_free> store(X509_STORE_new());
        X509_STORE_add_cert(store.get(), read(m_made.authority).get());
        const OpensslPointer<X509_STORE_CTX, X509_STORE_CTX_free> check(X509_STORE_CTX_new());
        X509_STORE_CTX_init(check.get(), store.get(), server.get(), nullptr);
        X509_STORE_CTX_set_purpose(check.get(), X509_PURPOSE_SSL_SERVER);
        QCOMPARE(X509_verify_cert(check.get()), 1);
    }

    void theAuthoritysKeyIsGone()
    {
        const OpensslPointer<BIO, BIO_free_all> in(
            BIO_new_mem_buf(m_made.privateKey.data(), static_cast<int>(m_made.privateKey.size())));
        const OpensslPointer<EVP_PKEY, EVP_PKEY_free> key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
        QVERIFY(key);
        QCOMPARE(X509_check_private_key(read(m_made.chain).get(), key.get()), 1);
        QCOMPARE(X509_check_private_key(read(m_made.authority).get(), key.get()), 0);
        QVERIFY(m_made.chain.find("PRIVATE KEY") == std::string::npos);
        QVERIFY(m_made.authority.find("PRIVATE KEY") == std::string::npos);
    }

    void everyMachineHasItsOwn()
    {
        const auto other = makeLocalCertificates();
        QVERIFY(other);
        QVERIFY(other->authority != m_made.authority);
        QVERIFY(other->privateKey != m_made.privateKey);
    }

private:
    LocalCertificates m_made;
};

PUSHSCOPE_TEST(CertificateAuthorityTest)
#include "certificateauthoritytest.moc"
