#include "core/demo/democertificates.h"

#include "tests/support/testmain.h"

#include <QByteArray>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class DemoCertificatesTest : public QObject
{
    Q_OBJECT

private:
    static QByteArray content(const std::string &path)
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void makesThemInMemory()
    {
        const auto certificates = demoCertificates({});
        QVERIFY(certificates.hasValue());
        QVERIFY(!certificates->privateKey.empty());
        QCOMPARE(certificates->caFile, std::string());
    }

    void keepsThemInTheFolder()
    {
        QTemporaryDir folder;
        DemoOptions options;
        options.dataFolder = folder.filePath(QStringLiteral("made/here")).toStdString();
        const auto first = demoCertificates(options);
        QVERIFY(first.hasValue());
        QCOMPARE(content(first->caFile), QByteArray::fromStdString(first->authority));
        const auto second = demoCertificates(options);
        QVERIFY(second.hasValue());
        QCOMPARE(second->authority, first->authority);
        QCOMPARE(second->privateKey, first->privateKey);
        QCOMPARE(second->caFile, first->caFile);

        const QString keyFile = QString::fromStdString(options.dataFolder) + QStringLiteral("/demo-server.key");
        const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                                QFileDevice::ExeGroup | QFileDevice::ReadOther |
                                                QFileDevice::WriteOther | QFileDevice::ExeOther;
        QVERIFY(!(QFile::permissions(keyFile) & others));
        QVERIFY(!content(first->caFile).contains("PRIVATE"));
    }

    void makesThemAnewWhenTheyAreBroken()
    {
        QTemporaryDir folder;
        DemoOptions options;
        options.dataFolder = folder.path().toStdString();
        const auto first = demoCertificates(options);
        QVERIFY(first.hasValue());
        for (const char *name : {"demo-server.key", "demo-server.pem", "demo-ca.pem"}) {
            const auto before = demoCertificates(options);
            QFile file(folder.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("not PEM");
            file.close();
            const auto after = demoCertificates(options);
            QVERIFY(after.hasValue());
            QVERIFY(after->privateKey != before->privateKey);
            QVERIFY(demoCertificates(options)->privateKey == after->privateKey);
        }
    }

    void doesNotMixKeys()
    {
        QTemporaryDir folder;
        DemoOptions options;
        options.dataFolder = folder.path().toStdString();
        QVERIFY(demoCertificates(options).hasValue());
        QFile file(folder.filePath(QStringLiteral("demo-server.key")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto other = demoCertificates({});
        file.write(QByteArray::fromStdString(other->privateKey));
        file.close();
        QVERIFY(demoCertificates(options)->privateKey != other->privateKey);
    }

    void takesTheUsersOwn()
    {
        QTemporaryDir folder;
        DemoOptions kept;
        kept.dataFolder = folder.path().toStdString();
        QVERIFY(demoCertificates(kept).hasValue());
        DemoOptions options;
        options.certificateFile = folder.filePath(QStringLiteral("demo-server.pem")).toStdString();
        options.keyFile = folder.filePath(QStringLiteral("demo-server.key")).toStdString();
        const auto certificates = demoCertificates(options);
        QVERIFY(certificates.hasValue());
        QCOMPARE(certificates->authority, std::string());
        options.keyFile = "/nonexistent/key.pem";
        QVERIFY(demoCertificates(options).error().code == ErrorCode::FileUnreadable);
        options.keyFile = options.certificateFile;
        QVERIFY(demoCertificates(options).error().code == ErrorCode::TlsConfig);
    }

    void saysWhatItCannotWrite()
    {
        DemoOptions options;
        options.dataFolder = "/proc/nowhere";
        QVERIFY(demoCertificates(options).error().code == ErrorCode::FileUnwritable);
    }
};

PUSHSCOPE_TEST(DemoCertificatesTest)
#include "democertificatestest.moc"
