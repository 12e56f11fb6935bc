#include "core/demo/scenarios/steps.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <variant>

using namespace pushscope;
using namespace pushscope::demo;

class StepsTest : public QObject
{
    Q_OBJECT

private:
    static const WsFrameSpec &frameOf(const Step &step) { return std::get<step::Frame>(step).frame; }

private Q_SLOTS:
    void headsDifferInTheirFraming()
    {
        const Step chunked = streamHead();
        const Step endless = endlessHead();
        QVERIFY(std::get<step::Head>(chunked).head.headers.hasToken("Transfer-Encoding", "chunked"));
        QVERIFY(!std::get<step::Head>(endless).head.headers.contains("Transfer-Encoding"));
        for (const Step &head : {chunked, endless})
            QCOMPARE(std::get<step::Head>(head).head.headers.value("Content-Type"),
                     std::optional<std::string_view>("text/event-stream"));
    }

    void writesEvents() { QCOMPARE(demo::event(7, "seven"), Bytes("id: 7\ndata: seven\n\n")); }

    void endsWith204()
    {
        const Script script = nothingMore();
        QCOMPARE(script.steps.size(), std::size_t(2));
        QCOMPARE(std::get<step::Head>(script.steps[0]).head.status, 204);
        QVERIFY(std::holds_alternative<step::End>(script.steps[1]));
    }

    void writesFrames()
    {
        const Step open = textFrame("a", false);
        QVERIFY(frameOf(open).opcode == WsOpcode::Text && !frameOf(open).fin);
        const Step last = continuation("b", true);
        QVERIFY(frameOf(last).opcode == WsOpcode::Continuation && frameOf(last).fin);
        const Step ping = pingFrame("p");
        QVERIFY(frameOf(ping).opcode == WsOpcode::Ping);
        const Step close = closeFrame(1000, "r");
        QCOMPARE(frameOf(close).payload, Bytes("\x03\xE8r"));
        const Step raw = rawCloseFrame("x");
        QVERIFY(frameOf(raw).opcode == WsOpcode::Close);
        QCOMPARE(frameOf(raw).payload, Bytes("x"));
    }
};

PUSHSCOPE_TEST(StepsTest)
#include "stepstest.moc"
