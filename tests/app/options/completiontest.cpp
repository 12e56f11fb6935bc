#include "app/options/completion.h"

#include "tests/support/testmain.h"

#include <QProcess>
#include <QTest>

using namespace pushscope;

namespace {
/// What bash offers for the last of these words.
QStringList completed(const QStringList &words)
{
    const QString script = QString::fromStdString(bashCompletion()) +
                           QStringLiteral("\nCOMP_WORDS=(\"$@\")\nCOMP_CWORD=$(($# - 1))\n_pushscope\n"
                                          "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
    QProcess bash;
    bash.start(QStringLiteral("bash"), QStringList{QStringLiteral("-c"), script, QStringLiteral("bash")} + words);
    if (!bash.waitForFinished(10'000) || bash.exitCode() != 0 || !bash.readAllStandardError().isEmpty())
        return {QStringLiteral("failed")};
    return QString::fromUtf8(bash.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}
} // namespace

class CompletionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offersWhatMayFollow_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("offered");
        const auto row = [](const char *line, const char *offered) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(offered);
        };
        row("pushscope re", "record");
        row("pushscope --de", "--demo");
        row("pushscope record --when", "--when-full");
        row("pushscope record --when-full ", "connect queue");
        row("pushscope record --http ", "auto 1.1 2");
        row("pushscope record --pong a", "auto");
        row("pushscope record --cacert --", ""); // a file's name
        row("pushscope record http://h/ --str", "--streams");
        row("pushscope record --defl", ""); // still to come
        row("pushscope record --compr", "--compressed");
        row("pushscope demo --tls-", "--tls-port");
        row("pushscope demo --stream", "");
        row("pushscope record http", "");
    }
    void offersWhatMayFollow()
    {
        QFETCH(QString, line);
        QFETCH(QString, offered);
        QCOMPARE(completed(line.split(u' ')).join(u' '), offered);
    }
};

PUSHSCOPE_TEST(CompletionTest)

#include "completiontest.moc"
