#include "core/wire/tls/tlsthread.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <openssl/err.h>

using namespace pushscope;

class TlsThreadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forgetsWhatBelongsToTheThread()
    {
        ERR_raise(ERR_LIB_USER, 1);
        QVERIFY(ERR_peek_error() != 0);
        releaseTlsThread();
        QCOMPARE(ERR_peek_error(), 0ul);
    }

    void theThreadMayGoOn()
    {
        releaseTlsThread();
        ERR_raise(ERR_LIB_USER, 1);
        QVERIFY(ERR_get_error() != 0);
    }
};

PUSHSCOPE_TEST(TlsThreadTest)
#include "tlsthreadtest.moc"
