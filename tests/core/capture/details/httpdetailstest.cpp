#include "core/capture/details/httpdetails.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class HttpDetailsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void heads()
    {
        CaptureBuilder builder;
        const HttpHead request =
            httpHeadOf(*builder.capture,
                       builder.whole(RecordKind::HttpRequest, "GET /x HTTP/1.1\r\nA: b\r\n\r\n", Direction::Out));
        QCOMPARE(request.method, std::string("GET"));
        QCOMPARE(request.target, std::string("/x"));
        QVERIFY(request.headers.contains("a"));
        const HttpHead answer =
            httpHeadOf(*builder.capture, builder.whole(RecordKind::HttpResponse, "HTTP/1.1 204 \r\n\r\n"));
        QCOMPARE(answer.status, 204);
        const HttpHead nonsense = httpHeadOf(*builder.capture, builder.whole(RecordKind::HttpResponse, "\x16\x03\x01"));
        QCOMPARE(nonsense.status, 0);
    }

    void headsOverHttp2()
    {
        CaptureBuilder builder;
        builder.stream = 3;
        const auto head = [&](RecordKind kind, const auto &facts) {
            return httpHeadOf(*builder.capture, builder.facts(kind, facts));
        };
        const HttpHead request =
            head(RecordKind::HttpRequest, RequestFacts{0, {{":method", "GET"}, {":path", "/x"}, {"a", "b"}}});
        QCOMPARE(request.version, HttpVersion::Http2);
        QCOMPARE(request.method, std::string("GET"));
        QCOMPARE(request.target, std::string("/x"));
        QCOMPARE(request.headers.size(), 3u);
        QVERIFY(request.isRequest);
        // RFC 9113 section 8.5: a CONNECT has an authority and no path.
        QCOMPARE(head(RecordKind::HttpRequest, RequestFacts{0, {{":method", "CONNECT"}, {":authority", "h:1"}}}).target,
                 std::string("h:1"));
        QCOMPARE(head(RecordKind::HttpResponse, ResponseFacts{0, {{":status", "204"}}}).status, 204);
        for (const char *bad : {"", "20", "2000", "-20", "2x0", "99999999999999999999"})
            QCOMPARE(head(RecordKind::HttpResponse, ResponseFacts{0, {{":status", bad}}}).status, 0);
        QCOMPARE(head(RecordKind::HttpTrailers, TrailerFacts{{{"a", "b"}}}).headers.size(), 1u);
        const HttpHead pushed = head(RecordKind::HttpPush, PushFacts{2, {{":method", "GET"}, {":path", "/p"}}});
        QVERIFY(pushed.isRequest);
        QCOMPARE(pushed.target, std::string("/p"));
        QCOMPARE(httpHeadOf(*builder.capture, builder.whole(RecordKind::HttpResponse, "HTTP/1.1 204 \r\n\r\n")).status,
                 0);
    }

    void chunkSizeLines()
    {
        const auto check = [](ByteView line, std::uint64_t length, ByteView size, ByteView extension) {
            const ChunkDetails chunk = chunkDetailsOf(line);
            QCOMPARE(chunk.length, length);
            QCOMPARE(line.substr(chunk.size.begin, chunk.size.size()), size);
            QCOMPARE(line.substr(chunk.extension.begin, chunk.extension.size()), extension);
        };
        check("1F\r\n", 31, "1F", "");
        check("a;x=1;y\r\n", 10, "a", "x=1;y");
        check(" 5 ; q=\"\xFF\"\n", 5, "5", " q=\"\xFF\"");
        check("5;", 5, "5", "");
        check("zz\r\n", 0, "", "");
        check("", 0, "", "");
    }

    void theLineIsReadWithoutTheData()
    {
        test::CaptureBuilder builder;
        const Seq chunk = builder.endlessChunk("ffffffff;x=1\r\n", 1024 * 1024);
        Bytes scratch;
        QCOMPARE(chunkLineOf(*builder.capture, chunk, scratch), ByteView("ffffffff;x=1\r"));
        QVERIFY(scratch.empty());
        QCOMPARE(chunkLineOf(*builder.capture, chunk, scratch, 4), ByteView("ffff"));
        const Seq endless = builder.endlessChunk("f;", 1024 * 1024);
        QCOMPARE(chunkLineOf(*builder.capture, endless, scratch).size(), std::size_t(LongestChunkLine));
        builder.read("1");
        builder.read("f\r\n...");
        const Seq split = builder.add(RecordKind::H1Chunk, {0, 36});
        QCOMPARE(chunkLineOf(*builder.capture, split, scratch), ByteView("1f\r"));
    }
};

PUSHSCOPE_TEST(HttpDetailsTest)
#include "httpdetailstest.moc"
