#include "tests/e2e/program.h"
#include "tests/support/paths.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace pushscope::test;

class DemoTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhereItListens()
    {
        DemoProgram demo;
        QVERIFY2(demo.isListening(), demo.errors().constData());
        QCOMPARE(demo.output().count('\n'), 1);
        for (const char *scheme : {"http", "https", "ws", "wss"}) {
            const QUrl url(demo.address(QLatin1String(scheme)));
            QCOMPARE(url.scheme(), QLatin1String(scheme));
            QVERIFY(url.port() > 0);
        }
        QVERIFY(QFileInfo::exists(demo.address(QStringLiteral("ca"))));
        demo.interrupt(SIGINT);
        QCOMPARE(demo.exitCode(), 130);
    }

    void endsOnSigterm()
    {
        DemoProgram demo;
        QVERIFY(demo.isListening());
        demo.interrupt(SIGTERM);
        QCOMPARE(demo.exitCode(), 143);
    }

    void aPortInUseIsTheSystemsRefusal()
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress::LocalHost));
        Program demo({QStringLiteral("demo"), QStringLiteral("--port"), QString::number(holder.serverPort()),
                      QStringLiteral("--tls-port"), QStringLiteral("0")});
        QCOMPARE(demo.exitCode(), 3);
        QCOMPARE(demo.output(), QByteArray());
        QVERIFY2(demo.errors().contains("port.in-use"), demo.errors().constData());
    }

    void doesNotServeWhatNobodyLearnsOf_data()
    {
        QTest::addColumn<QString>("redirection");
        QTest::addColumn<QByteArray>("errors");
        QTest::newRow("full") << QStringLiteral(">/dev/full")
                              << QByteArray("pushscope: disk.full: standard output can't be written: ");
        QTest::newRow("closed") << QStringLiteral(">&-")
                                << QByteArray("pushscope: file.unwritable: standard output can't be written: ");
    }

    void doesNotServeWhatNobodyLearnsOf()
    {
        QFETCH(QString, redirection);
        QFETCH(QByteArray, errors);
        const QTemporaryDir folder;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), folder.path());
        QProcess shell;
        shell.setProcessEnvironment(environment);
        shell.start(QStringLiteral("bash"),
                    {QStringLiteral("-c"), QStringLiteral("exec \"$0\" demo --port 0 --tls-port 0 ") + redirection,
                     executablePath()});
        const bool hasEnded = shell.waitForFinished(10'000);
        if (!hasEnded) {
            shell.kill();
            shell.waitForFinished();
        }
        QVERIFY(hasEnded);
        QCOMPARE(shell.exitCode(), 3);
        QVERIFY2(shell.readAllStandardError().startsWith(errors), errors.constData());
    }
};

PUSHSCOPE_TEST(DemoTest)

#include "demotest.moc"
