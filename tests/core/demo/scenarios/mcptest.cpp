#include "core/demo/scenarios/registry.h"
#include "tests/core/demo/mcppost.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QTest>

using namespace pushscope;

class McpTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// As one click opens them.
    void answersEachAsItIsListed_data()
    {
        QTest::addColumn<std::size_t>("index");
        QTest::addColumn<QByteArray>("said");
        const std::vector<const char *> said = {"Counted to 5", "\"serverInfo\"", "event: endpoint\n"};
        const auto list = demo::mcpList();
        QCOMPARE(list.size(), said.size());
        for (std::size_t i = 0; i < list.size(); ++i)
            QTest::newRow(list[i].id.c_str()) << i << QByteArray(said[i]);
    }
    void answersEachAsItIsListed()
    {
        QFETCH(std::size_t, index);
        QFETCH(QByteArray, said);
        const Scenario scenario = demo::mcpList().at(index);
        const bool isPost = scenario.method == "POST";
        QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(scenario.body)).isObject(), isPost);
        const DemoRun run;
        RawClient client(run.port());
        constexpr const char *accept = "Accept: text/event-stream\r\n";
        client.send(isPost ? mcpPost(run.port(), scenario.paths.at(0), scenario.body, accept)
                           : getRequest(run.port(), scenario.paths.at(0), accept));
        QVERIFY2(client.readUntil(said.toStdString()), client.received().c_str());
        QVERIFY(client.received().starts_with("HTTP/1.1 200 OK\r\n"));
    }
};

PUSHSCOPE_TEST(McpTest)
#include "mcptest.moc"
