#include "tests/e2e/program.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTest>

using namespace pushscope::test;

/// Certificates are checked unless the user says otherwise, and then the recording says so.
class RecordTlsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_demo = std::make_unique<DemoProgram>();
        QVERIFY2(m_demo->isListening(), m_demo->errors().constData());
    }

    void anUnknownAuthorityIsFinal()
    {
        Program program(record({}));
        QCOMPARE(program.exitCode(), 1);
        const auto errors = program.records(QStringLiteral("error"));
        QCOMPARE(errors.size(), 1);
        QCOMPARE(errors.first()[QStringLiteral("code")].toString(), QStringLiteral("tls.verify"));
        QVERIFY(program.records(QStringLiteral("messages")).isEmpty());
        QVERIFY(program.records(QStringLiteral("http.request")).isEmpty());
    }

    void theDemoServersAuthorityCanBeTrusted()
    {
        Program program(record({QStringLiteral("--cacert"), m_demo->address(QStringLiteral("ca"))}));
        QCOMPARE(program.exitCode(), 0);
        const QJsonObject tls = program.records(QStringLiteral("tls")).first();
        QCOMPARE(tls[QStringLiteral("verified")].toBool(), true);
        QCOMPARE(tls[QStringLiteral("version")].toString(), QStringLiteral("TLSv1.3"));
        QCOMPARE(program.records(QStringLiteral("messages")).size(), 3);
    }

    void insecureAcceptsItAndTheRecordSaysSo()
    {
        Program program(record({QStringLiteral("-k")}));
        QCOMPARE(program.exitCode(), 0);
        const QJsonObject tls = program.records(QStringLiteral("tls")).first();
        QCOMPARE(tls[QStringLiteral("verified")].toBool(), false);
        QVERIFY(!tls[QStringLiteral("verify_error")].toString().isEmpty());
    }

    void keysAreLoggedOnRequest()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("keys"));
        Program program(record({QStringLiteral("-k"), QStringLiteral("--keylog"), path}));
        QCOMPARE(program.exitCode(), 0);
        QFile keys(path);
        QVERIFY(keys.open(QIODevice::ReadOnly));
        QVERIFY(keys.readAll().startsWith("SERVER_HANDSHAKE_TRAFFIC_SECRET ") || keys.size() > 0);
    }

private:
    [[nodiscard]] QStringList record(const QStringList &options) const
    {
        return QStringList{QStringLiteral("record"), QStringLiteral("--count"), QStringLiteral("3"),
                           m_demo->address(QStringLiteral("https"), QStringLiteral("/events?interval=10"))} +
               options;
    }

    std::unique_ptr<DemoProgram> m_demo;
};

PUSHSCOPE_TEST(RecordTlsTest)

#include "recordtlstest.moc"
