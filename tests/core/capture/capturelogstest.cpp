#include "core/capture/capturelogs.h"

#include "tests/support/fixedclock.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <fstream>

using namespace pushscope;

class CaptureLogsTest : public QObject
{
    Q_OBJECT
    test::FixedClock m_clock;

private Q_SLOTS:
    void theFolderIsTheUsersAlone()
    {
        const QTemporaryDir parent;
        const auto logs = CaptureLogs::create(parent.path().toStdString() + "/new/place", m_clock);
        QVERIFY(logs);
        struct stat status = {};
        QCOMPARE(::stat((*logs)->folder.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777u, 0700u);
        QVERIFY((*logs)->folder.filename().string().starts_with("capture-20260102-030405-"));
        QCOMPARE(::stat(((*logs)->folder / "header").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777u, 0600u);
    }

    void nothingIsAllocatedBeforeItIsNeeded()
    {
        const QTemporaryDir parent;
        const auto logs = CaptureLogs::create(parent.path().toStdString(), m_clock);
        std::uintmax_t bytes = 0;
        for (const auto &entry : std::filesystem::directory_iterator((*logs)->folder))
            bytes += entry.file_size();
        QCOMPARE(bytes, 4096u);
    }

    void aParentThatCantBeIsAnErrorWithWords()
    {
        const auto logs = CaptureLogs::create("/proc/no/such/place", m_clock);
        QVERIFY(!logs);
        QCOMPARE(logs.error().code, ErrorCode::FileUnwritable);
        QVERIFY(logs.error().detail.find("/proc/no/such/place") != std::string::npos);
    }

    void whatIsNoCaptureIsRefused()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        QCOMPARE(CaptureLogs::open(path).error().code, ErrorCode::FileUnreadable);
        std::ofstream(path / "header") << "short";
        QCOMPARE(CaptureLogs::open(path).error().code, ErrorCode::FileUnreadable);
        std::ofstream(path / "header") << std::string(4096, 'x');
        QCOMPARE(CaptureLogs::open(path).error().code, ErrorCode::FileUnreadable);
    }

    void countsThatTheFilesDoNotHoldAreRefused()
    {
        const QTemporaryDir parent;
        std::filesystem::path folder;
        {
            const auto logs = CaptureLogs::create(parent.path().toStdString(), m_clock);
            folder = (*logs)->folder;
            (*logs)->header->records.store(5);
        }
        const auto opened = CaptureLogs::open(folder);
        QVERIFY(!opened);
        QVERIFY(opened.error().detail.find("records.00000") != std::string::npos);
    }
};

PUSHSCOPE_TEST(CaptureLogsTest)
#include "capturelogstest.moc"
