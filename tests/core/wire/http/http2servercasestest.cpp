#include "core/wire/http/http2codec.h"
#include "tests/core/wire/http/http2caserun.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {

constexpr std::uint32_t mostStreams = 100;

/// Answers each whole request with some content.
void answerRequests(Http2Codec &server)
{
    HttpFact fact;
    while (server.next(fact)) {
        if (fact.kind != HttpFact::Kind::End)
            continue;
        HttpHead head;
        head.isRequest = false;
        head.status = 200;
        server.sendHead(fact.stream, head);
        server.sendBody(fact.stream, "hello");
        server.sendEnd(fact.stream);
    }
}

} // namespace

/// The server's role against every rule of the table, its input whole and byte by byte.
class Http2ServerCasesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRule_data()
    {
        QTest::addColumn<std::size_t>("index");
        const std::vector<Http2Case> cases = http2ServerCases(mostStreams);
        QCOMPARE(cases.size(), std::size_t{147});
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::addRow("%zu %s %s", i, cases[i].section.c_str(), cases[i].name.c_str()) << i;
    }
    void keepsTheRule()
    {
        QFETCH(std::size_t, index);
        const Http2Case rule = http2ServerCases(mostStreams).at(index);
        for (const std::size_t cut : {0, 1}) {
            Http2Codec::Options options;
            options.maxConcurrentStreams = mostStreams;
            Http2Codec server(Role::Server, options);
            Http2CaseRun run(server, answerRequests, cut);
            if (rule.hasHandshake)
                run.send(Bytes(Http2Preface) + settings() + settingsAck());
            for (const Bytes &step : rule.steps)
                run.send(step);
            const std::string verdict = run.judge(rule);
            QVERIFY2(verdict == "kept", verdict.c_str());
            if (server.failure())
                QVERIFY2(server.failure()->detail.find("(RFC ") != std::string::npos, server.failure()->detail.c_str());
        }
    }
};

PUSHSCOPE_TEST(Http2ServerCasesTest)
#include "http2servercasestest.moc"
