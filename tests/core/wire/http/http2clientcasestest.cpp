#include "core/wire/http/http2codec.h"
#include "tests/core/wire/http/http2caserun.h"
#include "tests/core/wire/http/http2pair.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {

void takeFacts(Http2Codec &client)
{
    HttpFact fact;
    while (client.next(fact)) {
    }
}

} // namespace

/// The client's role against every rule of the table, its input whole and byte by byte.
class Http2ClientCasesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRule_data()
    {
        QTest::addColumn<std::size_t>("index");
        const std::vector<Http2Case> cases = http2ClientCases();
        QVERIFY(cases.size() >= 57);
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::addRow("%zu %s %s", i, cases[i].section.c_str(), cases[i].name.c_str()) << i;
    }
    void keepsTheRule()
    {
        QFETCH(std::size_t, index);
        const Http2Case rule = http2ClientCases().at(index);
        for (const std::size_t cut : {0, 1}) {
            Http2Codec client(Role::Client, {});
            QVERIFY(client.sendRequest(request(), {}));
            Http2CaseRun run(client, takeFacts, cut);
            run.send(settings() + settingsAck());
            for (const Bytes &step : rule.steps)
                run.send(step);
            const std::string verdict = run.judge(rule);
            QVERIFY2(verdict == "kept", verdict.c_str());
            if (client.failure())
                QVERIFY2(client.failure()->detail.find("(RFC ") != std::string::npos, client.failure()->detail.c_str());
        }
    }
};

PUSHSCOPE_TEST(Http2ClientCasesTest)
#include "http2clientcasestest.moc"
