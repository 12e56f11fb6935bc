#include "core/capture/filter.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class FilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parsesKindsAndText()
    {
        QCOMPARE(parseFilter(""), Filter());
        QCOMPARE(parseFilter("   "), Filter());
        QCOMPARE(parseFilter("hello  world ").text, std::string("hello  world"));
        const Filter filter = parseFilter(" kind:ws.close,sse. kind:error  some text");
        QCOMPARE(filter.kinds, (std::set<std::string>{"ws.close", "sse.", "error"}));
        QCOMPARE(filter.text, std::string("some text"));
        QCOMPARE(parseFilter("kind:").kinds.size(), 0u);
        QCOMPARE(parseFilter("a kind:b").text, std::string("a kind:b"));
    }

    void layersSessionsAndKinds()
    {
        CaptureBuilder builder;
        const Seq read = builder.read("data: x\n\n");
        const Seq event = builder.add(RecordKind::SseEvent, {0, 9});
        Filter filter;
        QVERIFY(matches(filter, *builder.capture, read) && matches(filter, *builder.capture, event));
        filter.layers.reset(static_cast<std::size_t>(Layer::Reads));
        QVERIFY(!matches(filter, *builder.capture, read) && matches(filter, *builder.capture, event));
        filter.session = SessionId(2);
        QVERIFY(!matches(filter, *builder.capture, event));
        filter.session = SessionId(1);
        filter.kinds = {"sse."};
        QVERIFY(matches(filter, *builder.capture, event));
        filter.kinds = {"sse"};
        QVERIFY(!matches(filter, *builder.capture, event));
        filter.kinds = {"ws.text", "sse.event"};
        QVERIFY(matches(filter, *builder.capture, event));
        filter.kinds = {"event"};
        QVERIFY(matches(filter, *builder.capture, event) && !matches(filter, *builder.capture, read));
        filter.kinds = {"vent"};
        QVERIFY(!matches(filter, *builder.capture, event));
    }

    void aSharedConnectionIsToldToAllItsSessions()
    {
        CaptureBuilder builder;
        builder.connection = 3;
        const Seq state = builder.facts(RecordKind::State, StateFacts{});
        const Seq tcp = builder.facts(RecordKind::Tcp, TcpFacts{});
        const Seq settings = builder.whole(RecordKind::H2Settings, "settings");
        builder.stream = 1;
        const Seq others = builder.whole(RecordKind::H2Data, "data");
        builder.session = 2;
        builder.stream = 5;
        const Seq own = builder.whole(RecordKind::H2Data, "data");
        Filter filter;
        filter.session = SessionId(2);
        const auto takes = [&](Seq seq) { return matches(filter, *builder.capture, seq); };
        QVERIFY(takes(own) && !takes(tcp) && !takes(settings));
        filter.joined = {3};
        QVERIFY(takes(own) && takes(tcp) && takes(settings));
        QVERIFY(!takes(state) && !takes(others));
        filter = {};
        filter.connection = ConnectionId(3);
        QVERIFY(takes(state) && takes(settings) && takes(others) && takes(own));
        filter.connection = ConnectionId(1);
        QVERIFY(!takes(state) && !takes(own));
    }

    void unknownKindsAreKnown()
    {
        for (const char *word : {"event", "sse.event", "sse.", "ws.close", "close", "state", "rst_stream"})
            QVERIFY2(isKind(word), word);
        for (const char *word : {"evnt", "sse", "sse.evnt", "xs.", "."})
            QVERIFY2(!isKind(word), word);
    }

    void textIsFoundInWhatIsSaid()
    {
        CaptureBuilder builder;
        const Seq event = builder.whole(RecordKind::SseEvent, "event: name\ndata: Hello Grüße\n\n");
        const Seq message = builder.framed(RecordKind::WsText, ByteView("\x81\x05hello", 7));
        const Seq error = builder.facts(RecordKind::Error, ErrorFacts{"tls.verify", "Self-signed"});
        const auto found = [&](Seq seq, const char *text) { return matches(parseFilter(text), *builder.capture, seq); };
        QVERIFY(found(event, "hello"));
        QVERIFY(found(event, "GRüßE"));
        QVERIFY(!found(event, "GRÜSSE"));
        QVERIFY(!found(event, "name")); // the data's bytes, not the block's
        QVERIFY(found(message, "LLO"));
        QVERIFY(!found(message, "hello there"));
        QVERIFY(found(error, "self-signed"));
        QVERIFY(!found(error, "hello"));
    }

    void partsAreSearchedAsFarAsTheyCame()
    {
        CaptureBuilder builder;
        builder.read(ByteView("\x81\x05hel", 5));
        const Seq frame = builder.add(RecordKind::WsFrame, {0, 7});
        QVERIFY(matches(parseFilter("hel"), *builder.capture, frame));
        QVERIFY(!matches(parseFilter("hello"), *builder.capture, frame));
    }
};

PUSHSCOPE_TEST(FilterTest)
#include "filtertest.moc"
