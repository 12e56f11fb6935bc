#include "core/capture/details/payload.h"

#include "core/wire/ws/wsframeencoder.h"
#include "tests/support/http2builder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;
using test::Http2Builder;

class PayloadTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatEachKindSays()
    {
        CaptureBuilder builder;
        const auto is = [&](Seq seq, ByteView bytes, bool isText) {
            const Payload payload = payloadOf(*builder.capture, seq);
            QCOMPARE(ByteView(payload.bytes), bytes);
            QCOMPARE(payload.isText, isText);
            QCOMPARE(payload.totalBytes, bytes.size());
        };
        is(builder.whole(RecordKind::SseEvent, "data: a\ndata: b\n\n"), "a\nb", true);
        is(builder.whole(RecordKind::SseComment, ":c\n"), "c", true);
        is(builder.whole(RecordKind::SseRetry, "retry: 5\n"), "5", true);
        is(builder.whole(RecordKind::SseUnknown, "x: y\n"), "y", true);
        is(builder.whole(RecordKind::SseIncomplete, "data: cu"), "data: cu", true);
        is(builder.whole(RecordKind::HttpBody, "<p>"), "<p>", false);
        is(builder.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\n\r\n"), "HTTP/1.1 200 OK\r\n\r\n", true);
        is(builder.whole(RecordKind::WsFrame, ByteView("\x82\x01z", 3)), "z", false);
        is(builder.framed(RecordKind::WsText, ByteView("\x81\x01z", 3)), "z", true);
        is(builder.framed(RecordKind::WsPing, ByteView("\x89\x01p", 3)), "p", false);
        is(builder.whole(RecordKind::StreamPart, "A: 1\r\n\r\nabc"), "abc", true);
        is(builder.whole(RecordKind::StreamPart, "Content-Type: image/png\n\nabc"), "abc", false);
        is(builder.whole(RecordKind::StreamPart, "Content-Type: image/png"), "", false);
        is(builder.facts(RecordKind::Error, ErrorFacts{"a", "b"}), "", false);
        is(builder.read("bytes"), "bytes", false);
    }

    void http2()
    {
        Http2Builder builder;
        const auto is = [&](Seq seq, ByteView bytes, bool isText) {
            const Payload payload = payloadOf(*builder.capture, seq);
            QCOMPARE(ByteView(payload.bytes), bytes);
            QCOMPARE(payload.isText, isText);
            QCOMPARE(payload.totalBytes, bytes.size());
        };
        is(builder.frame({.type = Http2FrameType::Data, .flags = Http2Flag::Padded, .stream = 1},
                         ByteView("\x02xyz\0\0", 6)),
           "xyz", false);
        is(builder.frame({.type = Http2FrameType::Data, .stream = 1}, ""), "", false);
        is(builder.frame({.type = Http2FrameType::Goaway}, "12345678why"), "why", false);
        is(builder.frame({.type = static_cast<Http2FrameType>(0xFA)}, "grease"), "grease", false);
        is(builder.frame({.type = Http2FrameType::Ping}, "12345678"), "12345678", false);
        builder.stream = 1;
        is(builder.facts(RecordKind::HttpResponse, ResponseFacts{0, {{":status", "200"}, {"a", "b"}}}),
           ":status: 200\r\na: b\r\n", true);
        const Seq data = builder.frame({.type = Http2FrameType::Data, .stream = 1}, "abcdef");
        QCOMPARE(payloadOf(*builder.capture, data, 2).bytes, Bytes("ab"));
        QCOMPARE(payloadOf(*builder.capture, data, 2).totalBytes, 6u);
    }

    void aPartSaysWhatItIs()
    {
        CaptureBuilder builder;
        const auto typeOf = [&](Seq seq) { return payloadOf(*builder.capture, seq).mediaType; };
        QCOMPARE(typeOf(builder.whole(RecordKind::StreamPart, "Content-Type: image/png\n\nabc")),
                 std::string("image/png"));
        QCOMPARE(typeOf(builder.whole(RecordKind::StreamLine, "abc\n")), std::string());
    }

    void theLimitCuts()
    {
        CaptureBuilder builder;
        const Seq part = builder.whole(RecordKind::StreamPart, "A: 1\n\nabcdef");
        QCOMPARE(payloadOf(*builder.capture, part, 3).bytes, Bytes("abc"));
        QCOMPARE(payloadOf(*builder.capture, part, 3).totalBytes, 6u);
        const Seq event = builder.whole(RecordKind::SseEvent, "data: abcdef\n\n");
        QCOMPARE(payloadOf(*builder.capture, event, 3).bytes, Bytes("abc"));
        QCOMPARE(payloadOf(*builder.capture, event, 3).totalBytes, 6u);
        const Seq message = builder.framed(RecordKind::WsBinary, ByteView("\x82\x04qrst", 6));
        QCOMPARE(payloadOf(*builder.capture, message, 2).bytes, Bytes("qr"));
        QCOMPARE(payloadOf(*builder.capture, message, 2).totalBytes, 4u);
        QCOMPARE(payloadOf(*builder.capture, builder.read("12345"), 1).totalBytes, 5u);
    }
};

PUSHSCOPE_TEST(PayloadTest)
#include "payloadtest.moc"
