#include "tests/e2e/program.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QTcpServer>
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
};

PUSHSCOPE_TEST(DemoTest)

#include "demotest.moc"
