#include "core/wire/tls/tlscertificate.h"
#include "core/wire/tls/opensslpointer.h"
#include "tests/core/wire/tls/testcertificates.h"
#include "tests/support/testmain.h"

#include <openssl/pem.h>

#include <QCryptographicHash>
#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class TlsCertificateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void facts()
    {
        TestCertificateOptions options;
        options.alternativeNames = "DNS:localhost,DNS:*.example.org,IP:127.0.0.1,IP:::1,IP:2001:db8:0:0:1:0:0:1,IP:::,"
                                   "IP:1:2:3:4:5:6:7:0,URI:https://x/,email:a@b";
        const std::string pem = makeTestCertificate(options).certificate;
        const OpensslPointer<BIO, BIO_free_all> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
        const OpensslPointer<X509, X509_free> certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
        QVERIFY(certificate);
        const TlsCertificateFacts facts = certificateFacts(*certificate);
        QCOMPARE(facts.subject, std::string("CN=test,O=Prüfstand"));
        QCOMPARE(facts.issuer, facts.subject);
        QCOMPARE(facts.notBefore, std::string("2020-01-02T03:04:05Z"));
        QVERIFY(facts.notAfter > facts.notBefore);
        std::string names;
        for (const std::string &name : facts.subjectAltNames)
            names += name + ' ';
        QCOMPARE(names, std::string("DNS:localhost DNS:*.example.org IP:127.0.0.1 IP:::1 IP:2001:db8::1:0:0:1 IP::: "
                                    "IP:1:2:3:4:5:6:7:0 URI:https://x/ email:a@b "));
        const QByteArray base64 = QByteArray::fromStdString(pem).split('\n').mid(1).join();
        const QByteArray der = QByteArray::fromBase64(base64.left(base64.indexOf('-')));
        QCOMPARE(QByteArray::fromStdString(facts.sha256),
                 QCryptographicHash::hash(der, QCryptographicHash::Sha256).toHex());
    }
};

PUSHSCOPE_TEST(TlsCertificateTest)
#include "tlscertificatetest.moc"
