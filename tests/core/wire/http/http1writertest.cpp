#include "core/wire/http/http1writer.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class Http1WriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void request()
    {
        HttpHead head;
        head.method = "GET";
        head.target = "/events?x=1";
        head.headers = Headers{{"Host", "a:1"}, {"x-LOWER", ""}};
        QCOMPARE(writeHttp1Head(head), Bytes("GET /events?x=1 HTTP/1.1\r\nHost: a:1\r\nx-LOWER:\r\n\r\n"));
    }

    void answer()
    {
        HttpHead head;
        head.isRequest = false;
        head.status = 200;
        QCOMPARE(writeHttp1Head(head), Bytes("HTTP/1.1 200 \r\n\r\n"));
        head.version = HttpVersion::Http10;
        head.reason = "Fine";
        head.headers.add("A", "b");
        QCOMPARE(writeHttp1Head(head), Bytes("HTTP/1.0 200 Fine\r\nA: b\r\n\r\n"));
    }

    void refusesLineBreaks()
    {
        const auto withField = [](std::string name, std::string value) {
            HttpHead head;
            head.headers.add(std::move(name), std::move(value));
            return isWritable(head);
        };
        QVERIFY(withField("a", "b\t\x80"));
        QVERIFY(!withField("a", "b\r\nSmuggled: 1"));
        QVERIFY(!withField("a\n", "b"));
        QVERIFY(!withField("a", std::string(1, '\0')));
        HttpHead head;
        head.target = "/\r";
        QVERIFY(!isWritable(head));
    }

    void chunks()
    {
        QCOMPARE(writeChunk("hello"), Bytes("5\r\nhello\r\n"));
        QCOMPARE(writeChunk(std::string(26, 'x'), "a=b"), "1a;a=b\r\n" + Bytes(26, 'x') + "\r\n");
        QCOMPARE(writeChunk(""), Bytes("0\r\n\r\n"));
        QCOMPARE(writeLastChunk({}), Bytes("0\r\n\r\n"));
        QCOMPARE(writeLastChunk(Headers{{"T", "1"}}), Bytes("0\r\nT: 1\r\n\r\n"));
    }
};

PUSHSCOPE_TEST(Http1WriterTest)
#include "http1writertest.moc"
