#include "core/demo/scenarios/registry.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace pushscope;
using namespace pushscope::demo;

class RegistryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsEachScenarioOnce()
    {
        std::set<std::string> ids;
        for (const Scenario &scenario : scenarioList())
            QVERIFY2(ids.insert(scenario.id).second, scenario.id.c_str());
        QVERIFY(ids.size() > 50);
    }

    void describesEachInTwoSentences()
    {
        for (const Scenario &scenario : scenarioList()) {
            QVERIFY2(!scenario.title.empty() && !scenario.title.ends_with('.'), scenario.id.c_str());
            QVERIFY2(std::count(scenario.watch.begin(), scenario.watch.end(), '.') >= 2 ||
                         scenario.watch.find(": ") != std::string::npos,
                     scenario.id.c_str());
            QVERIFY2(scenario.watch.ends_with('.'), scenario.id.c_str());
            for (const ScenarioParameter &parameter : scenario.parameters)
                QVERIFY2(!parameter.range.empty() && !parameter.meaning.empty(), scenario.id.c_str());
        }
    }

    void findsEachAtItsPathWithAQueryThatItTakes()
    {
        for (const Scenario &scenario : scenarioList()) {
            if (scenario.group == "Feeds" || scenario.group == "Language models" ||
                scenario.group == "Model Context Protocol")
                continue; // these have paths of their own
            QVERIFY(!scenario.paths.empty());
            for (const std::string &path : scenario.paths) {
                const std::size_t mark = path.find('?');
                const ScenarioScript *script = scenarioAt(path.substr(0, mark));
                QVERIFY2(script && script->id == scenario.id, path.c_str());
                const auto query =
                    mark == std::string::npos ? std::vector<QueryItem>() : parseQuery(path.substr(mark + 1));
                QVERIFY2(readParameters(query, script->parameters).hasValue(), path.c_str());
            }
        }
    }

    void keepsTheTransportsApart()
    {
        QVERIFY(scenarioAt("/scenario/bom"));
        QVERIFY(!scenarioAt("/ws/scenario/bom"));
        QVERIFY(scenarioAt("/ws/scenario/bad-utf8"));
        QVERIFY(!scenarioAt("/scenario/bad-utf8"));
        QVERIFY(!scenarioAt("/scenario/"));
        QVERIFY(!scenarioAt("/"));
    }
};

PUSHSCOPE_TEST(RegistryTest)
#include "registrytest.moc"
