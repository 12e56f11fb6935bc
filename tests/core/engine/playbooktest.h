#pragma once

#include "tests/core/engine/playbook.h"
#include "tests/support/paths.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <cstdio>

namespace pushscope::test {

/// A row for each script in playbooks/`folder`.
inline void addPlaybooks(const QString &name)
{
    QTest::addColumn<QString>("path");
    const QDir folder(test::sourcePath("tests/core/engine/playbooks/") + name);
    const QFileInfoList files = folder.entryInfoList({QStringLiteral("*.txt")}, QDir::Files, QDir::Name);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &file : files)
        QTest::newRow(qPrintable(file.baseName())) << file.filePath();
}

/// Plays the row's script.
inline void playRow()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    Playbook playbook(file.readAll().toStdString());
    const std::vector<std::string> transcript = playbook.run();
    const std::string diff = difference(playbook.expected(), transcript);
    if (!diff.empty()) { // QTest cuts long messages
        std::fputs(diff.c_str(), stderr);
        QFAIL("the transcript differs from the script");
    }
}

} // namespace pushscope::test
