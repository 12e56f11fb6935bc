#include "core/demo/mcpsessions.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class McpSessionsTest : public QObject
{
    Q_OBJECT

private:
    struct Ear : McpListener
    {
        bool isDismissed = false;
        bool deliver(const McpTurn &) override { return true; }
        void dismiss() override { isDismissed = true; }
    };

private Q_SLOTS:
    void endsWithItsListener()
    {
        McpSessions sessions;
        const std::string id = sessions.open();
        QVERIFY(sessions.use(id));
        QVERIFY(!sessions.use("elsewhere"));
        Ear ear;
        Ear second;
        QVERIFY(sessions.attach(id, ear));
        QVERIFY(sessions.attach(id, second));
        QVERIFY(ear.isDismissed);
        sessions.detach(id, ear);
        QCOMPARE(sessions.listener(id), &second);
        QVERIFY(sessions.close(id));
        QVERIFY(second.isDismissed);
        QVERIFY(!sessions.close(id));
        QVERIFY(!sessions.use(id));
        QVERIFY(!sessions.attach(id, ear));
        QVERIFY(!sessions.listener(id));
    }

    void keepsALimitedNumber()
    {
        McpSessions sessions;
        const std::string first = sessions.open();
        const std::string second = sessions.open();
        Ear ear;
        QVERIFY(sessions.attach(second, ear));
        while (sessions.size() < McpSessions::Limit)
            (void)sessions.open();
        QVERIFY(sessions.use(first));
        (void)sessions.open();
        QCOMPARE(sessions.size(), McpSessions::Limit);
        QVERIFY(sessions.use(first));
        QVERIFY(!sessions.use(second));
        QVERIFY(ear.isDismissed);
    }
};

PUSHSCOPE_TEST(McpSessionsTest)
#include "mcpsessionstest.moc"
