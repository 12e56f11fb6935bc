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

/// Plays the row's script, and once more for a recording that lets go of what it has written.
inline void playRow()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string script = file.readAll().toStdString();
    Playbook playbook(script);
    const std::vector<std::string> transcript = playbook.run();
    const std::string diff = difference(playbook.expected(), transcript);
    if (!diff.empty()) { // QTest cuts long messages
        std::fputs(diff.c_str(), stderr);
        QFAIL("the transcript differs from the script");
    }
    // Who asks for what was let go of meets an assertion. A flood would take minutes byte by byte.
    const std::size_t least = script.find("\n< many ") == std::string::npos ? 1 : 999;
    for (const std::size_t mostARead : {std::string::npos, least}) {
        Playbook keeping(script);
        Playbook lettingGo(script);
        keeping.setMostARead(mostARead);
        lettingGo.setMostARead(mostARead);
        keeping.run();
        QCOMPARE(lettingGo.runLettingGo(), keeping.lines());
    }
}

} // namespace pushscope::test
