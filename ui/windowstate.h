#pragma once

#include "ui/panes/recentlist.h"
#include "ui/theme/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

#include <vector>

namespace pushscope {

/// What the window remembers from one start to the next.
class WindowState
{
public:
    static constexpr std::size_t RecentLimit = 30;

    WindowState();

    [[nodiscard]] QByteArray bytes(const char *key) const;
    void setBytes(const char *key, const QByteArray &value);
    [[nodiscard]] QStringList list(const char *key) const;
    void setList(const char *key, const QStringList &value);
    [[nodiscard]] Scheme scheme() const;
    void setScheme(Scheme scheme);

    [[nodiscard]] const std::vector<RecentTarget> &recent() const { return m_recent; }
    /// Puts the target first, in the place of one with the same URL and method.
    void remember(const Target &target, qint64 now);
    void forget(const Target &target);

    /// The streams that were listed at the last end, without their secrets.
    [[nodiscard]] std::vector<Target> openTargets() const;
    void setOpenTargets(const std::vector<Target> &targets);

private:
    void load();
    void save();

    QSettings m_settings;
    std::vector<RecentTarget> m_recent;
};

} // namespace pushscope
