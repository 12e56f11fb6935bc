#include "app/datafolder.h"

#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>

using namespace pushscope;
namespace fs = std::filesystem;

class DataFolderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_home.emplace().isValid());
        qputenv("XDG_DATA_HOME", m_home->path().toUtf8());
    }

    void isClosedToOthers()
    {
        const auto folder = dataFolder();
        QVERIFY(folder);
        QCOMPARE(fs::status(*folder).permissions(), fs::perms::owner_all);
    }

    void scratchFolderGoesWithItsObject()
    {
        fs::path path;
        {
            const auto folder = ScratchFolder::make();
            QVERIFY(folder);
            path = folder->path();
            QCOMPARE(path.parent_path(), *dataFolder());
            std::ofstream(path / "file") << "bytes";
            QVERIFY(fs::exists(path / "file"));
        }
        QVERIFY(!fs::exists(path));
    }

    void foldersOfKilledProcessesGoAfterAWeek()
    {
        const fs::path old = leave("recording-aBc123", 8);
        const fs::path recent = leave("recording-aBc124", 6);
        const fs::path otherName = leave("recording-of-mine", 8);
        QVERIFY(ScratchFolder::make());
        QVERIFY(!fs::exists(old));
        QVERIFY(fs::exists(recent / "records.00000"));
        QVERIFY(fs::exists(otherName / "records.00000"));
    }

    void foldersInUseStayHoweverOld()
    {
        const auto folder = ScratchFolder::make();
        QVERIFY(folder);
        age(folder->path(), 30);
        QVERIFY(ScratchFolder::make());
        QVERIFY(fs::exists(folder->path()));
    }

private:
    static void age(const fs::path &folder, int days)
    {
        fs::last_write_time(folder, fs::file_time_type::clock::now() - std::chrono::hours(24 * days));
    }
    static fs::path leave(const char *name, int days)
    {
        const fs::path folder = *dataFolder() / name;
        fs::create_directory(folder);
        std::ofstream(folder / "records.00000") << "left";
        age(folder, days);
        return folder;
    }

    std::optional<QTemporaryDir> m_home;
};

PUSHSCOPE_TEST(DataFolderTest)
#include "datafoldertest.moc"
