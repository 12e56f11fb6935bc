#include "tests/e2e/program.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope::test;

class UsageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void helpAndVersionGoToStandardOutput_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("help") << QStringList{QStringLiteral("--help")} << QByteArray("pushscope [--demo] [URL ...]");
        QTest::newRow("version") << QStringList{QStringLiteral("--version")} << QByteArray("pushscope 0.");
        for (const char *name : {"record", "check", "demo", "compare", "convert"})
            QTest::newRow(name) << QStringList{QString::fromLatin1(name), QStringLiteral("--help")}
                                << QByteArray("pushscope ") + name;
    }
    void helpAndVersionGoToStandardOutput()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, begin);
        Program program(arguments);
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.output().startsWith(begin));
        QCOMPARE(program.errors(), QByteArray());
    }

    void wrongUsageIsOneLineAndTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("named");
        const auto row = [](const char *arguments, const char *named) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments).split(u' ') << QByteArray(named);
        };
        row("record", "URL");
        row("record ftp://h/", "url.invalid");
        row("record --count many http://127.0.0.1/", "--count");
        row("record --bogus http://127.0.0.1/", "--bogus");
        row("record http://127.0.0.1/ --for", "--for");
        row("record --http 3 http://127.0.0.1/", "--http");
        row("record --http 1.1 --enable-push https://127.0.0.1/", "--enable-push");
        row("record --filter x http://127.0.0.1/", "--filter: not yet available in this version");
        row("record --send x http://127.0.0.1/", "--send");
        row("check http://127.0.0.1/", "check: not yet available in this version");
        row("demo --port x", "--port");
        row("--stats", "--stats");
    }
    void wrongUsageIsOneLineAndTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, named);
        Program program(arguments);
        QCOMPARE(program.exitCode(), 2);
        QCOMPARE(program.output(), QByteArray());
        QCOMPARE(program.errorLines(), 1);
        QVERIFY2(program.errors().contains(named), program.errors().constData());
    }

    void theWindowNeedsADisplayAndSaysSo()
    {
        Program program({QStringLiteral("--demo")});
        QCOMPARE(program.exitCode(), 3);
        QVERIFY(program.errors().contains("DISPLAY"));
    }
};

PUSHSCOPE_TEST(UsageTest)

#include "usagetest.moc"
