#include "core/capture/details/summary.h"

#include "core/wire/ws/wsframeencoder.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class SummaryTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<CaptureBuilder> m_builder;

    void is(Seq seq, const std::string &type, const std::string &id, std::uint64_t size, const std::string &preview)
    {
        const Summary summary = summarize(*m_builder->capture, seq);
        QVERIFY2(summary.type == type, summary.type.c_str());
        QVERIFY2(summary.id == id, summary.id.c_str());
        QCOMPARE(summary.size, size);
        QVERIFY2(summary.preview == preview, summary.preview.c_str());
    }

private Q_SLOTS:
    void init() { m_builder = std::make_unique<CaptureBuilder>(); }

    void messages()
    {
        is(m_builder->whole(RecordKind::SseEvent, "event: t\nid: 4\ndata: hi\n\n", Direction::In, RecordFlag::IdSet),
           "t", "4", 2, "hi");
        is(m_builder->whole(RecordKind::SseBlock, "id: 5\n\n", Direction::In, RecordFlag::IdSet), "", "5", 0, "");
        is(m_builder->whole(RecordKind::SseComment, ":c\n"), "", "", 1, "c");
        is(m_builder->whole(RecordKind::SseUnknown, "x: y\n"), "x", "", 1, "y");
        is(m_builder->whole(RecordKind::SseIncomplete, "data: cu"), "", "", 8, "data: cu");
        is(m_builder->whole(RecordKind::StreamPart, "Content-Type: application/json\n\n{}"), "application/json", "", 2,
           "{}");
        is(m_builder->whole(RecordKind::StreamPart, "\nhi"), "text/plain", "", 2, "hi");
        is(m_builder->whole(RecordKind::StreamPart, "Content-Type: image/png\n\n\x89PNG"), "image/png", "", 4,
           "4 bytes");
        is(m_builder->framed(RecordKind::WsText, ByteView("\x81\x02hi", 4)), "text", "", 2, "hi");
        is(m_builder->framed(RecordKind::WsBinary, ByteView("\x82\x02\x00\xFF", 4)), "binary", "", 2, "00 ff");
        is(m_builder->framed(RecordKind::WsClose, ByteView("\x88\x05\x03\xE8"
                                                           "bye",
                                                           7)),
           "close", "", 5, "1000 bye");
    }

    void framesAndReads()
    {
        WsFrameSpec spec;
        spec.maskingKey = {1, 2, 3, 4};
        spec.payload = Bytes(1200, 'x');
        is(m_builder->whole(RecordKind::WsFrame, encodeWsFrame(spec), Direction::Out), "text", "", 1200,
           "text, fin, 1,200 B masked");
        is(m_builder->whole(RecordKind::WsFrame, ByteView("\x32\x00", 2)), "binary", "", 0, "binary, rsv 3, 0 B");
        is(m_builder->whole(RecordKind::H1Chunk, "400;x\r\n"), "", "", 1024, "1,024 bytes; x");
        is(m_builder->read(Bytes(65536, '.')), "", "", 65536, "65,536 bytes");
    }

    void connection()
    {
        is(m_builder->whole(RecordKind::HttpRequest, "GET /events HTTP/1.1\r\n\r\n", Direction::Out), "GET", "", 24,
           "GET /events HTTP/1.1");
        is(m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"),
           "200", "", 52, "200 text/event-stream");
        is(m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 404 Not Found\r\n\r\n"), "404", "", 26,
           "404 Not Found");
        is(m_builder->whole(RecordKind::HttpTrailers, "A: b\r\n\r\n"), "", "", 8, "1 field");
        is(m_builder->facts(RecordKind::Error, ErrorFacts{"tcp.reset", "gone"}), "tcp.reset", "", 0, "tcp.reset: gone");
    }

    void headsOverHttp2()
    {
        m_builder->stream = 1;
        is(m_builder->facts(RecordKind::HttpRequest, RequestFacts{0, {{":method", "GET"}, {":path", "/e"}}}), "GET", "",
           0, "GET /e HTTP/2");
        is(m_builder->facts(RecordKind::HttpResponse, ResponseFacts{0, {{":status", "200"}, {"content-type", "t/e"}}}),
           "200", "", 0, "200 t/e");
        is(m_builder->facts(RecordKind::HttpTrailers, TrailerFacts{{{"a", "b"}, {"c", "d"}}}), "", "", 0, "2 fields");
        is(m_builder->facts(RecordKind::HttpPush, PushFacts{4, {{":method", "GET"}, {":path", "/p"}}}), "GET", "", 0,
           "GET /p HTTP/2 on stream 4");
    }

    void findings()
    {
        const Seq event = m_builder->whole(RecordKind::SseEvent, "data\n\n");
        const Seq finding = m_builder->writer.appendFinding(event, 0, Rule::SseNulInId, 1, 2, 0);
        m_builder->writer.publish();
        is(finding, "sse.nul-in-id", "", 2, "sse.nul-in-id: An id with a NUL is ignored");
    }

    void previewsAreShort()
    {
        const Seq event = m_builder->whole(RecordKind::SseEvent, "data: " + Bytes(100'000, 'x') + "\n\n");
        QCOMPARE(summarize(*m_builder->capture, event, 10).preview, std::string(10, 'x'));
        const Seq text = m_builder->framed(RecordKind::WsText, ByteView("\x81\x04\xE2\x82\xAC!", 6));
        QCOMPARE(summarize(*m_builder->capture, text, 2).preview, std::string());
        QCOMPARE(summarize(*m_builder->capture, text, 3).preview, std::string("€"));
    }

    void aRowIsMadeOfTheBeginning()
    {
        const Seq comment = m_builder->whole(RecordKind::SseComment, ":" + Bytes(100'000, 'x') + "\n");
        is(comment, "", "", 100'002, std::string(200, 'x'));
        const Seq chunk = m_builder->endlessChunk("ffffffff;x\r\n", 256 * 1024 * 1024);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 100; ++i)
            is(chunk, "", "", 0xFFFFFFFF, "4,294,967,295 bytes; x");
        QVERIFY(timer.elapsed() < 2000); // copying what came takes far longer
    }

    void damagedRecordsGiveRowsStill()
    {
        for (int kind = 0; kind < static_cast<int>(RecordKind::Count); ++kind) {
            Record record = m_builder->make(static_cast<RecordKind>(kind), Direction::In);
            record.origin = record.derived = record.related = 1ull << 40;
            record.originLength = record.derivedLength = 1000;
            record.carrierFirst = record.carrierLast = 77;
            record.flags = 0xFFFE;
            QVERIFY(summarize(*m_builder->capture, m_builder->append(record)).preview.size() < 1000);
        }
    }
};

PUSHSCOPE_TEST(SummaryTest)
#include "summarytest.moc"
