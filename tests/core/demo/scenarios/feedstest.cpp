#include "core/demo/scenarios/registry.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class FeedListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsFeedsThatAnswer()
    {
        const DemoRun run;
        QVERIFY(run.port() != 0);
        for (const Scenario &feed : demo::feedList()) {
            for (const std::string &path : feed.paths) {
                const bool isWebSocket = path.starts_with("/ws/");
                RawClient client(run.port());
                client.send(isWebSocket ? openingRequest(run.port(), path) : getRequest(run.port(), path));
                QVERIFY2(client.readUntil(isWebSocket ? "HTTP/1.1 101 " : "HTTP/1.1 200 "), path.c_str());
            }
        }
    }
};

PUSHSCOPE_TEST(FeedListTest)
#include "feedstest.moc"
