#include "core/engine/session.h"

#include "tests/core/engine/playbook.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <cstdio>

using namespace pushscope;
using namespace pushscope::test;

/// Every file in playbooks/ is a script of what a session sees and what it must do.
class SessionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data();
    void plays();
};

void SessionTest::plays_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(PUSHSCOPE_SOURCE_DIR "/tests/core/engine/playbooks"));
    for (const QFileInfo &file : folder.entryInfoList({QStringLiteral("*.txt")}, QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(file.baseName())) << file.filePath();
    QVERIFY(folder.entryList({QStringLiteral("*.txt")}).size() > 0);
}

void SessionTest::plays()
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

PUSHSCOPE_TEST(SessionTest)
#include "sessiontest.moc"
