#include "core/engine/tlsmemory.h"

#include "core/wire/tls/certificateauthority.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace pushscope;

class TlsMemoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void verifiesByDefault();
    void takesWhatTheOptionsSay();
    void readsFiles();
    void readsKeyAndCertificateFromOneFile();
    void refusesAnEmptyCertificateFile();
    void namesFilesThatCantBeRead_data();
    void namesFilesThatCantBeRead();
    void appendsKeyLogLines();
    void honoursTheEnvironmentsKeyLog();
    void keepsTheContextOfAHost();

private:
    std::string write(const char *name, const std::string &content);

    LocalCertificates m_certificates;
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const Url &url()
{
    static const Url url = *parseUrl("https://localhost:8443/");
    return url;
}

} // namespace

void TlsMemoryTest::initTestCase()
{
    auto certificates = makeLocalCertificates();
    QVERIFY(certificates);
    m_certificates = *certificates;
}

void TlsMemoryTest::init()
{
    qunsetenv("SSLKEYLOGFILE");
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

std::string TlsMemoryTest::write(const char *name, const std::string &content)
{
    const QString path = m_folder->filePath(QString::fromLatin1(name));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content.data(), static_cast<qint64>(content.size())) < 0)
        return {};
    return path.toStdString();
}

void TlsMemoryTest::verifiesByDefault()
{
    const auto context = TlsMemory().contextFor(url(), {});
    QVERIFY(context);
    const TlsConfig &config = (*context)->config();
    QCOMPARE(config.serverName, std::string("localhost"));
    QCOMPARE(config.alpn, (std::vector<std::string>{"http/1.1"}));
    QVERIFY(config.verify);
    QVERIFY(config.systemStore);
    QVERIFY(!config.keyLog);
}

void TlsMemoryTest::takesWhatTheOptionsSay()
{
    TlsOptions options;
    options.insecure = true;
    options.alpn = {"x", "y"};
    options.minimumVersion = 13;
    options.extraCas = {m_certificates.authority};
    const auto context = TlsMemory().contextFor(url(), options);
    QVERIFY(context);
    const TlsConfig &config = (*context)->config();
    QVERIFY(!config.verify);
    QCOMPARE(config.alpn, options.alpn);
    QCOMPARE(config.minimumVersion, 13);
    QCOMPARE(config.trusted, options.extraCas);
    QVERIFY(config.systemStore); // besides it
}

void TlsMemoryTest::readsFiles()
{
    TlsOptions options;
    options.caFile = write("ca.pem", m_certificates.authority);
    options.certificateFile = write("cert.pem", m_certificates.chain);
    options.keyFile = write("key.pem", m_certificates.privateKey);
    const auto context = TlsMemory().contextFor(url(), options);
    QVERIFY2(context, context ? "" : context.error().detail.c_str());
    const TlsConfig &config = (*context)->config();
    QVERIFY(!config.systemStore); // instead of it
    QCOMPARE(config.trusted, (std::vector<std::string>{m_certificates.authority}));
    QCOMPARE(config.certificateChain, m_certificates.chain);
    QCOMPARE(config.privateKey, m_certificates.privateKey);
}

void TlsMemoryTest::readsKeyAndCertificateFromOneFile()
{
    TlsOptions options;
    options.certificateFile = write("both.pem", m_certificates.chain + m_certificates.privateKey);
    QVERIFY(TlsMemory().contextFor(url(), options));
}

void TlsMemoryTest::refusesAnEmptyCertificateFile()
{
    TlsOptions options;
    options.certificateFile = write("empty.pem", "");
    const auto context = TlsMemory().contextFor(url(), options);
    QVERIFY(!context);
    QCOMPARE(context.error().code, ErrorCode::TlsConfig);
}

void TlsMemoryTest::namesFilesThatCantBeRead_data()
{
    QTest::addColumn<QByteArray>("option");
    for (const char *option : {"caFile", "certificateFile", "keyFile", "keyLogFile"})
        QTest::newRow(option) << QByteArray(option);
}

void TlsMemoryTest::namesFilesThatCantBeRead()
{
    QFETCH(QByteArray, option);
    const std::string missing = m_folder->filePath(QStringLiteral("no/such/file")).toStdString();
    TlsOptions options;
    if (option == "caFile")
        options.caFile = missing;
    else if (option == "keyLogFile")
        options.keyLogFile = missing;
    else
        options.certificateFile = option == "certificateFile" ? missing : write("cert.pem", m_certificates.chain);
    if (option == "keyFile")
        options.keyFile = missing;
    const auto context = TlsMemory().contextFor(url(), options);
    QVERIFY(!context);
    QCOMPARE(context.error().code, ErrorCode::TlsConfig);
    QVERIFY(context.error().detail.find(missing) != std::string::npos);
}

void TlsMemoryTest::appendsKeyLogLines()
{
    TlsOptions options;
    options.keyLogFile = m_folder->filePath(QStringLiteral("keys.log")).toStdString();
    for (const char *line : {"CLIENT_RANDOM 1", "CLIENT_RANDOM 2"})
        (*TlsMemory().contextFor(url(), options))->config().keyLog(line);
    QFile file(QString::fromStdString(options.keyLogFile));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("CLIENT_RANDOM 1\nCLIENT_RANDOM 2\n"));
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(file.permissions() & others));
}

void TlsMemoryTest::honoursTheEnvironmentsKeyLog()
{
    const QString path = m_folder->filePath(QStringLiteral("env.log"));
    qputenv("SSLKEYLOGFILE", path.toUtf8());
    const auto context = TlsMemory().contextFor(url(), {});
    QVERIFY(context);
    (*context)->config().keyLog("line");
    QCOMPARE(QFile(path).size(), 5);
}

void TlsMemoryTest::keepsTheContextOfAHost()
{
    TlsMemory memory;
    const auto first = memory.contextFor(url(), {});
    memory.remember("ticket");
    memory.remember("");
    QCOMPARE(*memory.contextFor(url(), {}), *first);
    QCOMPARE(memory.session(), std::string("ticket"));
    const auto other = memory.contextFor(*parseUrl("https://other.test/"), {});
    QVERIFY(*other != *first);
    QCOMPARE(memory.session(), std::string()); // a ticket is nobody else's
}

PUSHSCOPE_TEST(TlsMemoryTest)
#include "tlsmemorytest.moc"
