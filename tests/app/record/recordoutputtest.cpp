#include "app/record/recordoutput.h"

#include "app/options/commandline.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace pushscope;

namespace {
RecordOptions toFile(const QString &path)
{
    RecordOptions options;
    options.output = RecordOptions::Output::File;
    options.file = path.toStdString();
    return options;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Files of this process may not grow beyond a size while it lives; writing more is an error then, as on a full disk.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};
} // namespace

class RecordOutputTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAPrivateFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.jsonl"));
        auto output = RecordOutput::open(toFile(path));
        QVERIFY(output.hasValue());
        QVERIFY(output->write("one\n").hasValue());
        QVERIFY(output->write("two\n").hasValue());
        QVERIFY(output->close().hasValue());
        QCOMPARE(contents(path), QByteArray("one\ntwo\n"));
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void replacesWhatWasThere()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.jsonl"));
        QVERIFY(RecordOutput::open(toFile(path))->write("a long line\n").hasValue());
        QVERIFY(RecordOutput::open(toFile(path))->write("short\n").hasValue());
        QCOMPARE(contents(path), QByteArray("short\n"));
    }

    void refusesWhatCantBeMade()
    {
        QTemporaryDir folder;
        const auto output = RecordOutput::open(toFile(folder.filePath(QStringLiteral("none/a.jsonl"))));
        QVERIFY(!output);
        QCOMPARE(output.error().code, ErrorCode::FileUnwritable);
        QVERIFY(output.error().detail.find("none/a.jsonl") != std::string::npos);
    }

    /// The file ends with a whole line, and what is missing is counted.
    void aFullDiskCutsAtALine()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.jsonl"));
        auto output = RecordOutput::open(toFile(path));
        QVERIFY(output.hasValue());
        {
            const FileSizeLimit limit(10);
            const auto written = output->write("1234\n6789\nbcde\nlast\n");
            QVERIFY(!written);
            QVERIFY(written.error().detail.find("can't be written") != std::string::npos);
        }
        QCOMPARE(output->unwritten(), 2u);
        QCOMPARE(contents(path), QByteArray("1234\n6789\n"));
    }

    void aFullDiskInsideALineTakesItsBeginningBack()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.jsonl"));
        auto output = RecordOutput::open(toFile(path));
        QVERIFY(output.hasValue());
        {
            const FileSizeLimit limit(12);
            QVERIFY(!output->write("1234\n6789\nbcde\nlast\n"));
        }
        QCOMPARE(output->unwritten(), 2u);
        QCOMPARE(contents(path), QByteArray("1234\n6789\n"));
    }

    void aPipeTellsThatItsReaderIsGone()
    {
        QTemporaryDir folder;
        const QByteArray path = folder.filePath(QStringLiteral("pipe")).toUtf8();
        QCOMPARE(::mkfifo(path.constData(), S_IRUSR | S_IWUSR), 0);
        const int reader = ::open(path.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        auto output = RecordOutput::open(toFile(QString::fromUtf8(path)));
        QVERIFY(output.hasValue());
        QVERIFY(output->hasReader());
        ::close(reader);
        QVERIFY(!output->hasReader());
        QVERIFY(RecordOutput::open(toFile(folder.filePath(QStringLiteral("a.jsonl"))))->hasReader());
    }

    void noneWritesNothing()
    {
        RecordOptions options;
        options.output = RecordOptions::Output::None;
        QVERIFY(RecordOutput::open(options)->writesNothing());
        QVERIFY(RecordOutput::open(options)->hasReader());
    }
};

PUSHSCOPE_TEST(RecordOutputTest)

#include "recordoutputtest.moc"
