#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"

#include <filesystem>

namespace pushscope {

/// The user's own folder for Pushscope's data, $XDG_DATA_HOME/pushscope or ~/.local/share/pushscope; made if need be,
/// closed to others (0700).
[[nodiscard]] Expected<std::filesystem::path, Error> dataFolder();

/// A new private folder that goes, with all that is in it, when the object goes: in the data folder, or where that
/// can't be written, among the system's temporary files. What a killed process left there, of a long recording the end
/// that it had not written out, stays for a week; the next folder made after that takes it away.
class ScratchFolder
{
public:
    static Expected<ScratchFolder, Error> make();
    ScratchFolder(ScratchFolder &&other) noexcept;
    ScratchFolder &operator=(ScratchFolder &&other) noexcept;
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;
    ~ScratchFolder();

    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }

private:
    ScratchFolder(std::filesystem::path path, int lock) : m_path(std::move(path)), m_lock(lock) {}
    static Expected<ScratchFolder, Error> makeUnder(const std::filesystem::path &parent);

    std::filesystem::path m_path;
    int m_lock = -1; ///< the open folder, locked (flock) for as long as its process lives
};

} // namespace pushscope
