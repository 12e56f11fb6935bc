#include "core/wire/http/http1head.h"
#include "core/wire/http/http1writer.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class Http1HeadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheWriterWrites()
    {
        HttpHead request;
        request.method = "M-SEARCH";
        request.target = "/a?b#c";
        request.headers = Headers{{"Host", "x"}, {"empty", ""}, {"HOST", "y z"}};
        const auto readRequest = parseHttp1Head(writeHttp1Head(request), Http1Side::Requests);
        QVERIFY(readRequest);
        QVERIFY(*readRequest == request);

        HttpHead answer;
        answer.isRequest = false;
        answer.version = HttpVersion::Http10;
        answer.status = 404;
        answer.reason = "Not  Found";
        const auto readAnswer = parseHttp1Head(writeHttp1Head(answer), Http1Side::Answers);
        QVERIFY(readAnswer);
        QVERIFY(*readAnswer == answer);
    }

    void tellsTrailersFromHeads()
    {
        for (const Http1Side side : {Http1Side::Requests, Http1Side::Answers}) {
            const auto trailers = parseHttp1Head("Via : HTTP/1.1 x\r\nno colon\r\n\r\n", side);
            QVERIFY(trailers);
            QCOMPARE(trailers->headers.size(), std::size_t{2});
            QCOMPARE(trailers->headers.value("via").value(), std::string_view("HTTP/1.1 x"));
            const auto empty = parseHttp1Head("\r\n", side);
            QVERIFY(empty);
            QVERIFY(empty->headers.isEmpty());
        }
    }

    void aRuleIsSaidOnce()
    {
        Bytes head = "HTTP/1.1 200 OK\n";
        for (int i = 0; i < 60'000; ++i)
            head += "x\n";
        std::vector<Finding> findings;
        const auto read = readHttp1Head(head + "\n", Http1Side::Answers, 5, findings);
        QVERIFY(read);
        QCOMPARE(read->headers.size(), std::size_t{60'000});
        QVERIFY(findings == std::vector<Finding>({{Rule::HttpBareLf, 20, 1, 0}, {Rule::HttpBadHeaderName, 21, 1, 0}}));
    }

    void findingsCountFromTheBegin()
    {
        std::vector<Finding> findings;
        QVERIFY(readHttp1Head("HTTP/1.1 200 OK\r\na : b\r\n\r\n", Http1Side::Answers, 1000, findings));
        const std::vector<Finding> expected{{Rule::HttpWhitespaceBeforeColon, 1017, 5}};
        QVERIFY(findings == expected);
    }

    void refusesStartLines()
    {
        const auto answer = parseHttp1Head("HTTP/1.1 OK\r\n\r\n", Http1Side::Answers);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::HttpMalformed);
        QCOMPARE(answer.error().detail, std::string("the status line is malformed: \"HTTP/1.1 OK\""));
        QVERIFY(!parseHttp1Head("G\x01T / HTTP/1.1\r\n\r\n", Http1Side::Requests));
    }

    void quotes()
    {
        QCOMPARE(quotedBytes("a\r\n\tb"), std::string("\"a\\r\\n\\tb\""));
        QCOMPARE(quotedBytes(std::string_view("\0\xFF", 2)), std::string("0x00 0xff"));
        QCOMPARE(quotedBytes(std::string(61, 'x')), '"' + std::string(60, 'x') + "\"...");
        QCOMPARE(quotedBytes(std::string(9, '\x01')).substr(35), std::string("0x01..."));
    }
};

PUSHSCOPE_TEST(Http1HeadTest)
#include "http1headtest.moc"
