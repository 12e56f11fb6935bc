#include "core/demo/ndjson.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class NdjsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsALineForEachNumber()
    {
        const DemoRun run;
        QCOMPARE(
            run.stream("/ndjson?interval=0&count=2"),
            QByteArray("{\"id\":1,\"text\":\"a line of its own\"}\n{\"id\":2,\"text\":\"a line of its own\"}\nend"));
        QVERIFY(run.answer("/ndjson?interval=0&count=1").contains("\r\nContent-Type: application/x-ndjson\r\n"));
        QVERIFY(run.answer("/ndjson?count=0").startsWith("HTTP/1.1 400 "));
    }
};

PUSHSCOPE_TEST(NdjsonTest)
#include "ndjsontest.moc"
