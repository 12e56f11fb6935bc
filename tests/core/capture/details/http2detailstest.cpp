#include "core/capture/details/http2details.h"

#include "tests/support/http2builder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::Http2Builder;

class Http2DetailsTest : public QObject
{
    Q_OBJECT
    static FieldBlockFacts blockOf(const std::string &name)
    {
        FieldBlockFacts facts;
        facts.fields = {{{name, ""}, 0, 0, {0, 4}}};
        return facts;
    }

private Q_SLOTS:
    void framesAreParsedAgain()
    {
        Http2Builder builder;
        const Seq data = builder.frame({.type = Http2FrameType::Data, .flags = Http2Flag::Padded, .stream = 7},
                                       ByteView("\x01xyz\0", 5));
        const auto details = http2FrameOf(*builder.capture, data);
        QVERIFY(details);
        QCOMPARE(details->header.stream, 7u);
        QCOMPARE(details->payload.content, (ByteRange{1, 4}));
        QCOMPARE(details->dataBytes(), 3u);
        // What the beginning tells already.
        QCOMPARE(http2FrameOf(*builder.capture, data, 10)->dataBytes(), 3u);
        QVERIFY(!http2FrameOf(*builder.capture, data, 8));
    }

    void dataThatIsAllPadding()
    {
        Bytes frame;
        appendHttp2Frame(frame, {.type = Http2FrameType::Data, .flags = Http2Flag::Padded, .stream = 1}, "\xFF");
        QCOMPARE(http2FrameIn(frame)->dataBytes(), 0u);
    }

    void kindsAndTypes()
    {
        QCOMPARE(http2KindOf(Http2FrameType::Data), RecordKind::H2Data);
        QCOMPARE(http2KindOf(Http2FrameType::PriorityUpdate), RecordKind::H2PriorityUpdate);
        QCOMPARE(http2KindOf(static_cast<Http2FrameType>(0xB)), RecordKind::H2Unknown);
        for (int type = 0; type < 256; ++type)
            QVERIFY(isHttp2Frame(http2KindOf(static_cast<Http2FrameType>(type))));
        QVERIFY(!isHttp2Frame(RecordKind::H1Chunk) && !isHttp2Frame(RecordKind::WsFrame));
    }

    void aBlockInOneFrame()
    {
        Http2Builder builder;
        const Seq headers = builder.frame(
            {.type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders, .stream = 1}, "1234", blockOf("alone"));
        const Http2BlockDetails block = http2BlockOf(*builder.capture, headers);
        QCOMPARE(block.end, headers);
        QCOMPARE(block.offset, 0u);
        QCOMPARE(block.facts.fields[0].field.name, std::string("alone"));
    }

    void aBlockInSeveralFrames()
    {
        Http2Builder builder;
        const Seq headers =
            builder.frame({.type = Http2FrameType::Headers, .flags = Http2Flag::Padded, .stream = 1}, ByteView("\x01"
                                                                                                               "123\0",
                                                                                                               5));
        // Others' frames stand between: the other way, another connection.
        builder.frame({.type = Http2FrameType::Data, .stream = 1}, "up", Direction::Out);
        builder.connection = 2;
        builder.frame({.type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders, .stream = 1}, "9",
                      blockOf("stranger"));
        builder.connection = 1;
        const Seq middle = builder.frame({.type = Http2FrameType::Continuation, .stream = 1}, "45");
        QVERIFY(!http2BlockOf(*builder.capture, headers).end.isValid());
        const Seq last = builder.frame(
            {.type = Http2FrameType::Continuation, .flags = Http2Flag::EndHeaders, .stream = 1}, "6", blockOf("far"));
        builder.frame({.type = Http2FrameType::Continuation, .flags = Http2Flag::EndHeaders, .stream = 1}, "7",
                      blockOf("behind"));
        for (const auto &[frame, offset] : {std::pair(headers, 0u), std::pair(middle, 3u), std::pair(last, 5u)}) {
            const Http2BlockDetails block = http2BlockOf(*builder.capture, frame);
            QCOMPARE(block.end, last);
            QCOMPARE(block.offset, offset);
            QCOMPARE(block.facts.fields[0].field.name, std::string("far"));
        }
    }

    void aBlockThatIsInterrupted()
    {
        Http2Builder builder;
        const Seq headers = builder.frame({.type = Http2FrameType::Headers, .stream = 1}, "123");
        builder.frame({.type = Http2FrameType::Ping}, "12345678");
        const Seq stray = builder.frame(
            {.type = Http2FrameType::Continuation, .flags = Http2Flag::EndHeaders, .stream = 1}, "6", blockOf("stray"));
        QVERIFY(!http2BlockOf(*builder.capture, headers).end.isValid());
        QVERIFY(http2BlockOf(*builder.capture, headers).facts.fields.empty());
        QCOMPARE(http2BlockOf(*builder.capture, stray).offset, 0u);
        QCOMPARE(http2BlockOf(*builder.capture, stray).end, stray);
        builder.frame({.type = Http2FrameType::Headers, .stream = 1}, "123");
        const Seq other = builder.frame(
            {.type = Http2FrameType::Continuation, .flags = Http2Flag::EndHeaders, .stream = 3}, "6", blockOf("other"));
        QCOMPARE(http2BlockOf(*builder.capture, other).offset, 0u);
    }
};

PUSHSCOPE_TEST(Http2DetailsTest)
#include "http2detailstest.moc"
