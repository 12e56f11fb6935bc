#include "core/capture/segmentedlog.h"

#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <array>
#include <cstring>

using namespace pushscope;

namespace {

const SegmentedLog::Shape Small{"small", 4, 1024}; // one page a segment

} // namespace

class SegmentedLogTest : public QObject
{
    Q_OBJECT
    static std::filesystem::path pathOf(const QTemporaryDir &folder) { return folder.path().toStdString(); }

private Q_SLOTS:
    void segmentsAreFilesThatNeverMove()
    {
        const QTemporaryDir folder;
        SegmentedLog log(pathOf(folder), Small);
        QCOMPARE(log.segmentBytes(), 4096u);
        char *first = *log.grow();
        std::memcpy(first + 4, "abcd", 4);
        for (int i = 0; i < 20; ++i)
            QVERIFY(log.grow());
        QCOMPARE(log.at(1), first + 4);
        QCOMPARE(std::string(log.at(1), 4), std::string("abcd"));
        struct stat status = {};
        QCOMPARE(::stat((pathOf(folder) / "small.00020").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777u, 0600u);
        QCOMPARE(status.st_size, 4096);
        QVERIFY(status.st_blocks * 512 >= 4096); // allocated, no hole
    }

    void thePreparedSegmentIsTheNextOne()
    {
        const QTemporaryDir folder;
        SegmentedLog log(pathOf(folder), Small);
        QVERIFY(log.grow());
        log.prepareNext();
        log.prepareNext();
        char *second = *log.grow();
        QCOMPARE(log.at(1024), second);
        QCOMPARE(second[4095], '\0');
    }

    void aFailedPreparationIsTriedAgain()
    {
        const QTemporaryDir folder;
        SegmentedLog log(pathOf(folder) / "later", Small);
        log.prepareNext();
        const auto failed = log.grow();
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::FileUnwritable);
        std::filesystem::create_directory(pathOf(folder) / "later");
        QVERIFY(log.grow());
    }

    void closingFreesWhatIsNotUsed()
    {
        const QTemporaryDir folder;
        {
            SegmentedLog log(pathOf(folder), Small);
            std::memcpy(*log.grow(), "wxyz", 4);
            QVERIFY(log.grow());
            log.prepareNext();
            log.close(1);
        }
        QCOMPARE(std::filesystem::file_size(pathOf(folder) / "small.00000"), 4u);
        QVERIFY(!std::filesystem::exists(pathOf(folder) / "small.00001"));
        QVERIFY(!std::filesystem::exists(pathOf(folder) / "small.00002"));

        SegmentedLog again(pathOf(folder), Small);
        QVERIFY(again.open(1));
        QCOMPARE(std::string(again.at(0), 4), std::string("wxyz"));
        SegmentedLog tooMuch(pathOf(folder), Small);
        QVERIFY(!tooMuch.open(2));
        SegmentedLog nonsense(pathOf(folder), Small);
        QVERIFY(!nonsense.open(~0ull >> 1));
    }

    void releasedSegmentsGiveTheirRoomBackAndKeepTheirAddresses_data()
    {
        QTest::addColumn<bool>("inFiles");
        QTest::newRow("files") << true;
        QTest::newRow("memory") << false;
    }
    void releasedSegmentsGiveTheirRoomBackAndKeepTheirAddresses()
    {
        QFETCH(const bool, inFiles);
        const QTemporaryDir folder;
        SegmentedLog log(inFiles ? pathOf(folder) : std::filesystem::path(), Small);
        const auto exists = [&](const char *name) { return std::filesystem::exists(pathOf(folder) / name); };
        std::array<char *, 4> segments{};
        for (char *&segment : segments) {
            segment = *log.grow();
            std::memset(segment, 'x', log.segmentBytes());
        }
        log.release(1023); // not whole
        QCOMPARE(*log.at(1023), 'x');
        QCOMPARE(exists("small.00000"), inFiles);
        log.release(2 * 1024 + 5);
        QCOMPARE(*log.at(2 * 1024 + 5), 'x');
        QVERIFY(log.at(3 * 1024) == segments[3]);
        QCOMPARE(exists("small.00000") || exists("small.00001"), false);
        QCOMPARE(exists("small.00002") && exists("small.00003"), inFiles);
        log.release(5); // never backwards
        QVERIFY(log.grow());
        log.close(4 * 1024 + 1);
        QCOMPARE(exists("small.00004"), inFiles);
    }

    void withoutAFolderItIsMemory()
    {
        SegmentedLog log({}, Small);
        char *first = *log.grow();
        first[0] = 'm';
        log.prepareNext();
        QVERIFY(log.grow());
        QCOMPARE(*log.at(0), 'm');
        log.close(1);
    }

    void aFileInTheWayIsNotTouched()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("small.00000")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("mine");
        file.close();
        SegmentedLog log(pathOf(folder), Small);
        QVERIFY(!log.grow());
        QCOMPARE(std::filesystem::file_size(pathOf(folder) / "small.00000"), 4u);
    }
};

PUSHSCOPE_TEST(SegmentedLogTest)
#include "segmentedlogtest.moc"
