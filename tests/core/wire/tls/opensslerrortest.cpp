#include "core/wire/tls/opensslerror.h"
#include "tests/support/testmain.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <QTest>

using namespace pushscope;

class OpensslErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { OPENSSL_init_ssl(OPENSSL_INIT_LOAD_SSL_STRINGS, nullptr); }

    void tellsTheFirstAndEmptiesTheQueue()
    {
        ERR_raise(ERR_LIB_SSL, SSL_R_WRONG_VERSION_NUMBER);
        ERR_raise(ERR_LIB_SSL, SSL_R_BAD_LENGTH);
        QCOMPARE(takeOpensslError(), std::string("wrong version number"));
        QCOMPARE(ERR_peek_error(), 0ul);
        QCOMPARE(takeOpensslError(), std::string("unknown reason"));
    }

    void tellsAlerts()
    {
        ERR_raise(ERR_LIB_SSL, SSL_AD_REASON_OFFSET + SSL_AD_HANDSHAKE_FAILURE);
        QCOMPARE(takeOpensslError(), std::string("the peer sent the alert \"handshake failure\""));
        ERR_raise(ERR_LIB_SSL, SSL_AD_REASON_OFFSET + TLS13_AD_CERTIFICATE_REQUIRED);
        QCOMPARE(takeOpensslError(), std::string("the peer sent the alert \"certificate required\""));
    }
};

PUSHSCOPE_TEST(OpensslErrorTest)
#include "opensslerrortest.moc"
