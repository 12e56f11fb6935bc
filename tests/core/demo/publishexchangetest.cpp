#include "core/demo/publishexchange.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class PublishExchangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Each POST is a request of its own: what takes its time is overtaken.
    void aLaterOneOvertakesADelayedOne()
    {
        const DemoRun run;
        RawClient reader(run.port());
        reader.send(getRequest(run.port(), "/events?topic=order"));
        QVERIFY(reader.readUntil("retry: "));
        RawClient first(run.port());
        first.send(post(run.port(), "/publish?topic=order&delay=200", "first"));
        RawClient second(run.port());
        second.send(post(run.port(), "/publish?topic=order", "second"));
        QVERIFY(second.readUntil("HTTP/1.1 202 "));
        QVERIFY(first.readUntil("HTTP/1.1 202 "));
        QVERIFY(reader.readUntil("data: first\n"));
        QVERIFY(reader.received().find("data: second\n") < reader.received().find("data: first\n"));
    }

private:
    static std::string post(std::uint16_t port, const std::string &target, const std::string &body)
    {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
};

PUSHSCOPE_TEST(PublishExchangeTest)
#include "publishexchangetest.moc"
