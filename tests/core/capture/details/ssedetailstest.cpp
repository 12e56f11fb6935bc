#include "core/capture/details/ssedetails.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class SseDetailsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eventsAndTheirIds()
    {
        CaptureBuilder builder;
        const Seq first = builder.whole(RecordKind::SseEvent, "id: 7\ndata: a\n\n", Direction::In, RecordFlag::IdSet);
        const Seq second =
            builder.whole(RecordKind::SseEvent, "event: tick\ndata: b\n\n", Direction::In, 0, first.value);
        SseDetails details = sseDetailsOf(*builder.capture, first);
        QCOMPARE(details.type, Bytes("message"));
        QCOMPARE(details.id, Bytes("7"));
        QVERIFY(details.idSet);
        details = sseDetailsOf(*builder.capture, second);
        QCOMPARE(details.type, Bytes("tick"));
        QCOMPARE(details.id, Bytes("7"));
        QVERIFY(!details.idSet);
        QCOMPARE(sseBlockOf(*builder.capture, second).data, Bytes("b"));
    }

    void lines()
    {
        CaptureBuilder builder;
        Bytes scratch;
        const Seq unknown = builder.whole(RecordKind::SseUnknown, "\nfoo: bar\r\n");
        QCOMPARE(sseDetailsOf(*builder.capture, unknown).name, Bytes("foo"));
        QCOMPARE(sseDetailsOf(*builder.capture, unknown).value, Bytes("bar"));
        const Seq retry = builder.whole(RecordKind::SseRetry, "retry: 10\n");
        QCOMPARE(sseLineOf(*builder.capture, retry, scratch).value, ByteView("10"));
        const Seq comment = builder.whole(RecordKind::SseComment, ":x");
        QCOMPARE(sseDetailsOf(*builder.capture, comment).value, Bytes("x"));
    }

    void whoSetTheId()
    {
        CaptureBuilder builder;
        const Seq request =
            builder.whole(RecordKind::HttpRequest, "GET / HTTP/1.1\r\nLast-Event-ID: a b\r\n\r\n", Direction::Out);
        const Seq silent = builder.whole(RecordKind::HttpRequest, "GET / HTTP/1.1\r\n\r\n", Direction::Out);
        QCOMPARE(lastEventIdSetBy(*builder.capture, request), Bytes("a b"));
        QCOMPARE(lastEventIdSetBy(*builder.capture, silent), Bytes());
        QCOMPARE(lastEventIdSetBy(*builder.capture, Seq()), Bytes());
        QCOMPARE(lastEventIdSetBy(*builder.capture, Seq(999)), Bytes());
    }

    void whichIdIsInForce()
    {
        CaptureBuilder builder;
        const Seq first = builder.whole(RecordKind::SseEvent, "id: 7\ndata: a\n\n", Direction::In, RecordFlag::IdSet);
        const Seq comment = builder.whole(RecordKind::SseComment, ":x\n", Direction::In, 0, first.value);
        const Seq text = builder.whole(RecordKind::WsText, "hello", Direction::In, 0, first.value);
        const Seq emptied = builder.whole(RecordKind::SseBlock, "id\n\n", Direction::In, RecordFlag::IdSet);
        QCOMPARE(lastEventIdAt(*builder.capture, first), Bytes("7"));
        QCOMPARE(lastEventIdAt(*builder.capture, comment), Bytes("7"));
        QCOMPARE(lastEventIdAt(*builder.capture, text), Bytes());
        QCOMPARE(lastEventIdAt(*builder.capture, emptied), Bytes());
        QCOMPARE(lastEventIdAt(*builder.capture, Seq()), Bytes());
        QCOMPARE(lastEventIdAt(*builder.capture, Seq(99)), Bytes());
    }
};

PUSHSCOPE_TEST(SseDetailsTest)
#include "ssedetailstest.moc"
