#include "app/datafolder.h"

#include <QDir>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace pushscope {

namespace fs = std::filesystem;

namespace {
Error notMade(const fs::path &folder, const std::string &why)
{
    return {ErrorCode::FileUnwritable, '"' + folder.string() + "\" can't be made: " + why};
}

constexpr char NamePattern[] = "recording-XXXXXX";
constexpr std::chrono::hours LeftFolderLife{7 * 24};

/// The folder itself, open and locked; -1 when another process holds it.
int lockFolder(const fs::path &folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

bool isLeftBehind(const fs::path &folder)
{
    static constexpr std::string_view Pattern = NamePattern;
    static constexpr std::string_view Prefix = Pattern.substr(0, Pattern.find('X'));
    const std::string name = folder.filename().string();
    std::error_code problem;
    const auto written = fs::last_write_time(folder, problem);
    return !problem && name.size() == Pattern.size() && name.starts_with(Prefix) &&
           fs::file_time_type::clock::now() - written > LeftFolderLife;
}

void removeLeftFolders(const fs::path &parent)
{
    std::error_code ignored; // what can't be looked at or removed stays
    for (fs::directory_iterator entry(parent, ignored), end; entry != end; entry.increment(ignored)) {
        if (!isLeftBehind(entry->path()))
            continue;
        if (const int lock = lockFolder(entry->path()); lock >= 0) {
            fs::remove_all(entry->path(), ignored);
            ::close(lock);
        }
    }
}
} // namespace

Expected<fs::path, Error> dataFolder()
{
    const fs::path folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString();
    std::error_code problem;
    const bool isNew = fs::create_directories(folder, problem);
    if (!problem && isNew)
        fs::permissions(folder, fs::perms::owner_all, problem);
    if (problem)
        return notMade(folder, problem.message());
    return folder;
}

/// mkdtemp makes it with mode 0700 and a name that nobody has guessed.
Expected<ScratchFolder, Error> ScratchFolder::makeUnder(const fs::path &parent)
{
    removeLeftFolders(parent);
    std::string name = (parent / NamePattern).string();
    if (::mkdtemp(name.data()) == nullptr)
        return notMade(name, std::strerror(errno));
    return ScratchFolder(name, lockFolder(name));
}

Expected<ScratchFolder, Error> ScratchFolder::make()
{
    if (const auto data = dataFolder()) {
        if (auto folder = makeUnder(*data))
            return folder;
    }
    return makeUnder(QDir::tempPath().toStdString());
}

ScratchFolder::ScratchFolder(ScratchFolder &&other) noexcept
    : m_path(std::exchange(other.m_path, {})), m_lock(std::exchange(other.m_lock, -1))
{
}

ScratchFolder &ScratchFolder::operator=(ScratchFolder &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_lock, other.m_lock);
    return *this;
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ignored;
    if (!m_path.empty())
        fs::remove_all(m_path, ignored);
    if (m_lock >= 0)
        ::close(m_lock);
}

} // namespace pushscope
