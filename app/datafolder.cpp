#include "app/datafolder.h"

#include <QDir>
#include <QStandardPaths>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace pushscope {

namespace fs = std::filesystem;

namespace {
Error notMade(const fs::path &folder, const std::string &why)
{
    return {ErrorCode::FileUnwritable, '"' + folder.string() + "\" can't be made: " + why};
}

/// mkdtemp makes it with mode 0700 and a name that nobody has guessed.
Expected<fs::path, Error> makeUnder(const fs::path &parent)
{
    std::string name = (parent / "recording-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        return notMade(name, std::strerror(errno));
    return fs::path(name);
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

Expected<ScratchFolder, Error> ScratchFolder::make()
{
    if (const auto data = dataFolder()) {
        if (auto folder = makeUnder(*data))
            return ScratchFolder(std::move(*folder));
    }
    auto folder = makeUnder(QDir::tempPath().toStdString());
    if (!folder)
        return folder.error();
    return ScratchFolder(std::move(*folder));
}

ScratchFolder::ScratchFolder(ScratchFolder &&other) noexcept : m_path(std::exchange(other.m_path, {})) {}

ScratchFolder &ScratchFolder::operator=(ScratchFolder &&other) noexcept
{
    std::swap(m_path, other.m_path);
    return *this;
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ignored;
    if (!m_path.empty())
        fs::remove_all(m_path, ignored);
}

} // namespace pushscope
