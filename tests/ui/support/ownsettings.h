#pragma once

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace pushscope::test {

/// Settings and data folders that are the test's own, from here on.
class OwnSettings
{
public:
    OwnSettings()
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    }

    void clear() const { QSettings(QStringLiteral("Pushscope"), QStringLiteral("Pushscope")).clear(); }

private:
    QTemporaryDir m_folder;
};

} // namespace pushscope::test
