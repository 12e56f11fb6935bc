#include "ui/chosenfile.h"

#include "tests/support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace pushscope;

class ChosenFileTest : public QObject
{
    Q_OBJECT

    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void allOfItIsRead()
    {
        const QByteArray bytes("a\0b\r\n\xFF", 6);
        QFile file(path("body"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
        file.close();
        const auto contents = contentsOfChosenFile(file.fileName());
        QVERIFY(contents.hasValue());
        QCOMPARE(*contents, bytes.toStdString());
    }

    void whyItCannotBeReadIsSaid()
    {
        const auto contents = contentsOfChosenFile(path("none\n"));
        QVERIFY(!contents);
        QVERIFY2(contents.error().contains(QStringLiteral("none\u27E80A\u27E9 can't be read: ")),
                 qPrintable(contents.error()));
        QVERIFY(contents.error().contains(QStringLiteral("No such file")));
    }

    void oneByteTooManyIsTooMany()
    {
        QFile file(path("large"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(LargestChosenFile + 1)); // takes no room on the disk
        const auto tooLarge = contentsOfChosenFile(file.fileName());
        QVERIFY(!tooLarge && tooLarge.error().endsWith(QStringLiteral("it is larger than 64 MB")));
        QVERIFY(file.resize(LargestChosenFile));
        const auto largest = contentsOfChosenFile(file.fileName());
        QVERIFY(largest.hasValue());
        QCOMPARE(qint64(largest->size()), LargestChosenFile);
    }

    void whatNeverEndsIsNotRead()
    {
        QCOMPARE(mkfifo(QFile::encodeName(path("pipe")).constData(), 0600), 0);
        for (const QString &endless : {path("pipe"), QStringLiteral("/dev/zero"), m_folder.path()}) {
            const auto contents = contentsOfChosenFile(endless);
            QVERIFY2(!contents && contents.error().endsWith(QStringLiteral("it is no regular file")),
                     qPrintable(endless));
        }
    }

private:
    QTemporaryDir m_folder;
};

PUSHSCOPE_TEST(ChosenFileTest)
#include "chosenfiletest.moc"
