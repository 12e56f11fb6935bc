#include "core/wire/http/http1parser.h"
#include "tests/core/wire/http/httpfacttext.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <functional>

using namespace pushscope;
using namespace pushscope::test;

namespace {

using Prepare = std::function<void(Http1Parser &)>;

/// Feeds pieces of the given sizes (the last is repeated) and prints the facts; every byte must stand in exactly one
/// range.
std::string parse(Http1Side side, ByteView input, std::vector<std::size_t> sizes, const Prepare &prepare,
                  std::uint32_t limit = 300)
{
    Http1Parser parser(side, limit);
    prepare(parser);
    HttpFactText text;
    std::size_t at = 0;
    for (std::size_t piece = 0; at < input.size(); ++piece) {
        // A copy on the heap, so that the sanitizers see a view that outlives it.
        const std::vector<char> bytes(
            input.begin() + static_cast<std::ptrdiff_t>(at),
            input.begin() +
                static_cast<std::ptrdiff_t>(std::min(input.size(), at + sizes[std::min(piece, sizes.size() - 1)])));
        parser.feed(ByteView(bytes.data(), bytes.size()));
        text.drain(parser);
        at += bytes.size();
    }
    const bool inside = parser.isInsideMessage();
    parser.finish();
    text.drain(parser);
    std::string printed = text.text();
    if (text.end() != input.size())
        printed += "THE RANGES END AT " + std::to_string(text.end()) + '\n';
    if (inside)
        printed += "inside\n";
    if (parser.failure())
        printed += "failure " + std::string(word(parser.failure()->code)) + '\n';
    return printed;
}

void nothing(Http1Parser &) {}

Prepare expecting(std::initializer_list<const char *> methods)
{
    return [list = std::vector<const char *>(methods)](Http1Parser &parser) {
        for (const char *method : list)
            parser.expectAnswerTo(method);
    };
}

} // namespace

Q_DECLARE_METATYPE(Prepare)

class Http1ParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers()
    {
        QFETCH(QByteArray, input);
        QFETCH(Prepare, prepare);
        QFETCH(QByteArray, facts);
        check(Http1Side::Answers, input.toStdString(), prepare, facts.toStdString());
    }

    void requests_data();
    void requests()
    {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, facts);
        check(Http1Side::Requests, input.toStdString(), nothing, facts.toStdString());
    }

    void limits();
    void saysWhatIsNoHttp_data();
    void saysWhatIsNoHttp();
    void switchesToTunnel();
    void answersLaterRequests();
    void bodiesAreViewsIntoTheInput();
    void countsPendingBytes();
    void saysTheFraming();

private:
    static void check(Http1Side side, const std::string &input, const Prepare &prepare, const std::string &facts)
    {
        const QString expected = QString::fromStdString(facts);
        QCOMPARE(QString::fromStdString(parse(side, input, {input.size()}, prepare)), expected);
        QCOMPARE(QString::fromStdString(parse(side, input, {1}, prepare)), expected);
        for (std::size_t cut = 1; cut < input.size(); ++cut)
            QCOMPARE(QString::fromStdString(parse(side, input, {cut, input.size()}, prepare)), expected);
    }
};

void Http1ParserTest::answers_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<Prepare>("prepare");
    QTest::addColumn<QByteArray>("facts");
    const auto row = [](const char *name, const char *input, const char *facts,
                        const Prepare &prepare = expecting({"GET"})) {
        QTest::newRow(name) << QByteArray(input) << prepare << QByteArray(facts);
    };

    row("nothing", "", "");
    row("content length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "0-38 head 200 \"OK\" Content-Length=5\n38-43 body \"hello\"\n43-43 end\n");
    row("equal lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\ncontent-length: 1\r\n\r\nx",
        "0-60 head 200 \"OK\" Content-Length=1, 1 content-length=1\n60-61 body \"x\"\n61-61 end\n");
    row("length zero", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "0-45 head 404 \"Not Found\" Content-Length=0\n45-45 end\n");
    row("until the close", "HTTP/1.1 200 OK\r\n\r\nsome\r\n\r\nmore",
        "0-19 head 200 \"OK\"\n19-31 body \"some\\r\\n\\r\\nmore\"\n31-31 end\n");
    row("empty until the close", "HTTP/1.1 200 OK\r\n\r\n", "0-19 head 200 \"OK\"\n19-19 end\n");
    row("HTTP/1.0, no reason phrase", "HTTP/1.0 200\r\n\r\nx", "0-16 head 1.0 200 \"\"\n16-17 body \"x\"\n17-17 end\n");
    row("interim answers",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        "0-25 head 100 \"Continue\"\n25-62 head 103 \"Early Hints\" Link=a\n62-89 head 204 \"No Content\"\n89-89 "
        "end\n");
    row("chunked",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n00A;x=\"y\"\r\n0123456789\r\n0\r\n\r\n",
        "0-47 head 200 \"OK\" Transfer-Encoding=chunked\n47-50 chunk 5\n50-55 body \"hello\"\n55-57 chunk end\n"
        "57-68 chunk 10 ext 61-66\n68-78 body \"0123456789\"\n78-80 chunk end\n80-83 chunk 0\n83-85 trailers\n85-85 "
        "end\n");
    row("trailers",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1 \t ;\r\nx\r\n0;a\r\nSum: 1\r\nB : 2\r\n\r\n",
        "0-47 head 200 \"OK\" Transfer-Encoding=Chunked\n47-54 chunk 1 ext 52-52\n54-55 body \"x\"\n55-57 chunk end\n"
        "57-62 chunk 0 ext 59-60\n62-79 trailers Sum=1 B=2 {http.whitespace-before-colon 70+5}\n79-79 end\n");
    row("bare line feeds", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\nx\n1;e\ny\r\n0\n\n",
        "0-44 head 200 \"OK\" Transfer-Encoding=chunked {http.bare-lf 15+1}\n44-46 chunk 1 {http.bare-lf 45+1}\n"
        "46-47 body \"x\"\n47-48 chunk end\n48-52 chunk 1 ext 50-51\n52-53 body \"y\"\n53-55 chunk end\n55-57 chunk 0\n"
        "57-58 trailers {http.bare-lf 57+1}\n58-58 end\n");
    row("transfer encoding wins", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "0-66 head 200 \"OK\" Content-Length=9 Transfer-Encoding=chunked {http.transfer-encoding-and-length 0+66}\n"
        "66-69 chunk 0\n69-71 trailers\n71-71 end\n");
    row("unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "0-53 head 200 \"OK\" Transfer-Encoding=gzip, chunked {http.unknown-transfer-coding 0+53}\n"
        "53-56 chunk 0\n56-58 trailers\n58-58 end\n");
    row("coding that isn't chunked at last", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nxx",
        "0-44 head 200 \"OK\" Transfer-Encoding=gzip {http.unknown-transfer-coding 0+44}\n44-46 body \"xx\"\n46-46 "
        "end\n");
    row("to HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "0-38 head 200 \"OK\" Content-Length=5\n38-38 end\n",
        expecting({"HEAD"}));
    row("304", "HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n", "0-37 head 304 \"X\" Content-Length=5\n37-37 end\n");
    row("pipelined",
        "HTTP/1.1 200 A\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 B\r\nContent-Length: 9\r\n\r\nHTTP/1.1 204 C\r\n\r\n",
        "0-37 head 200 \"A\" Content-Length=1\n37-38 body \"x\"\n38-38 end\n38-75 head 200 \"B\" "
        "Content-Length=9\n75-75 end\n"
        "75-93 head 204 \"C\"\n93-93 end\n",
        expecting({"GET", "HEAD", "GET"}));
    row("upgrade", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x01x",
        "0-56 head 101 \"Switching Protocols\" Upgrade=websocket\n56-59 body \"\\x81\\x01x\"\n");
    row("to CONNECT", "HTTP/1.1 200 Connection established\r\nContent-Length: 1\r\n\r\nabc",
        "0-58 head 200 \"Connection established\" Content-Length=1\n58-61 body \"abc\"\n", expecting({"CONNECT"}));
    row("refused CONNECT", "HTTP/1.1 407 No\r\nContent-Length: 1\r\n\r\na",
        "0-38 head 407 \"No\" Content-Length=1\n38-39 body \"a\"\n39-39 end\n", expecting({"CONNECT"}));
    row("blank lines first", "\r\n\n\rHTTP/1.1 204 X\r\n\r\n", "0-22 head 204 \"X\"\n22-22 end\n");
    row("only blank lines", "\r\n\r\n", "0-4 junk \"\\r\\n\\r\\n\"\ninside\n");
    row("bytes after the message", "HTTP/1.1 204 X\r\n\r\nHTTP/1.1 200 smuggled\r\n\r\n",
        "0-18 head 204 \"X\"\n18-18 end\n18-43 junk \"HTTP/1.1 200 smuggled\\r\\n\\r\\n\" {http.bytes-after-message "
        "18}\n");

    row("obs-fold", "HTTP/1.1 204 X\r\nA: b\r\n  c\r\n\t\r\nD: e\r\n\r\n",
        "0-38 head 204 \"X\" A=b c D=e {http.obs-fold 22+3}\n38-38 end\n");
    row("bad fields", "HTTP/1.1 204 X\r\n lead: 1\r\nno colon\r\n: none\r\na b: c\x01\r\nok:\t v \r\n\r\n",
        "0-64 head 204 \"X\" lead=1 no colon= =none a b=c\\x01 ok=v {http.bad-header-name 16+8} "
        "{http.bad-header-value 44+7}\n64-64 end\n");
    row("status line oddities", "HTTP/1.2  204\tX y\r\n\r\n",
        "0-21 head 204 \"X y\" {http.bad-status-line 0+17}\n21-21 end\n");
    row("lower-case protocol", "http/1.1 204 X\r\n\r\n",
        "0-18 head 204 \"X\" {http.bad-status-line 0+14}\n18-18 end\n");

    row("status that is no number", "HTTP/1.1 2x4 X\r\n\r\n",
        "0-18 junk \"HTTP/1.1 2x4 X\\r\\n\\r\\n\" {http.bad-status-line 0+14}\nfailure http.malformed\n");
    row("status of four digits", "HTTP/1.1 2044\r\n\r\n",
        "0-17 junk \"HTTP/1.1 2044\\r\\n\\r\\n\" {http.bad-status-line 0+13}\nfailure http.malformed\n");
    row("short line", "HTTP/\n\nx",
        "0-8 junk \"HTTP/\\n\\nx\" {http.bare-lf 5+1} {http.bad-status-line 0+5}\nfailure http.malformed\n");
    row("not HTTP", "SSH-2.0-x\r\n", "0-11 junk \"SSH-2.0-x\\r\\n\" {http.not-http 0+7}\nfailure http.malformed\n");
    row("not HTTP, a short line", "\r\nab\ncdefgh",
        "0-11 junk \"\\r\\nab\\ncdefgh\" {http.not-http 2+3}\nfailure http.malformed\n");
    row("not HTTP, short and cut", "+OK", "0-3 junk \"+OK\" {http.not-http 0+3}\ninside\nfailure http.malformed\n");
    row("cut head", "HTTP/1.1 200 OK\r\nA: b\r\n",
        "0-23 junk \"HTTP/1.1 200 OK\\r\\nA: b\\r\\n\"\ninside\nfailure http.malformed\n");
    row("bad length", "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello",
        "0-39 head 200 \"OK\" Content-Length=5x {http.bad-content-length 0+39}\n39-44 junk \"hello\"\ninside\nfailure "
        "http.malformed\n");
    row("different lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "0-57 head 200 \"OK\" Content-Length=5 Content-Length=6 {http.conflicting-content-length 0+57}\n57-62 junk "
        "\"hello\"\n"
        "inside\nfailure http.malformed\n");
    row("cut body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
        "0-38 head 200 \"OK\" Content-Length=5\n38-41 body \"hel\"\n{http.body-cut 41 =2}\ninside\n");
    row("cut chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "0-47 head 200 \"OK\" Transfer-Encoding=chunked\n47-50 chunk 5\n50-53 body \"hel\"\n{http.body-cut 53 "
        "=2}\ninside\n");
    row("cut chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5",
        "0-47 head 200 \"OK\" Transfer-Encoding=chunked\n47-48 junk \"5\" {http.body-cut 48}\ninside\n");
    row("cut chunk end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r",
        "0-47 head 200 \"OK\" Transfer-Encoding=chunked\n47-50 chunk 1\n50-51 body \"x\"\n51-52 junk \"\\r\" "
        "{http.body-cut 52}\n"
        "inside\n");
    row("cut trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n",
        "0-47 head 200 \"OK\" Transfer-Encoding=chunked\n47-50 chunk 0\n50-56 junk \"A: b\\r\\n\" {http.body-cut "
        "56}\ninside\n");
    const auto chunks = [&row](const char *name, const char *bytes, const char *facts) {
        row(name, (std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") + bytes).c_str(),
            (std::string("0-47 head 200 \"OK\" Transfer-Encoding=chunked\n") + facts +
             "inside\nfailure http.malformed\n")
                .c_str());
    };
    chunks("bad chunk size", "g\r\nhello", "47-55 junk \"g\\r\\nhello\" {http.bad-chunk-size 47+1}\n");
    chunks("chunk size with a prefix", "0x5\r\n", "47-52 junk \"0x5\\r\\n\" {http.bad-chunk-size 47+2}\n");
    chunks("chunk size with a sign", "-5\r\n", "47-51 junk \"-5\\r\\n\" {http.bad-chunk-size 47+1}\n");
    chunks("empty chunk size", "\r\n", "47-49 junk \"\\r\\n\" {http.bad-chunk-size 47+1}\n");
    chunks("chunk size that doesn't fit", "10000000000000000\r\n",
           "47-66 junk \"10000000000000000\\r\\n\" {http.bad-chunk-size 47+17}\n");
    chunks("carriage return alone", "5\rx", "47-50 junk \"5\\rx\" {http.bad-chunk-size 47+3}\n");
    chunks("no chunk end", "1\r\nxy\r\n",
           "47-50 chunk 1\n50-51 body \"x\"\n51-54 junk \"y\\r\\n\" {http.bad-chunk-end 51+1}\n");
    chunks("half a chunk end", "1\r\nx\ry",
           "47-50 chunk 1\n50-51 body \"x\"\n51-53 junk \"\\ry\" {http.bad-chunk-end 51+2}\n");
}

void Http1ParserTest::requests_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("facts");
    const auto row = [](const char *name, const char *input, const char *facts) {
        QTest::newRow(name) << QByteArray(input) << QByteArray(facts);
    };
    row("pipelined",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\nPOST http://b/c:d HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi\r\nOPTIONS * "
        "HTTP/1.1\r\n\r\n",
        "0-27 head GET / Host=a\n27-27 end\n27-76 head 1.0 POST http://b/c:d Content-Length=2\n76-78 body "
        "\"hi\"\n78-78 end\n"
        "78-102 head OPTIONS *\n102-102 end\n");
    row("chunked", "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "0-46 head PUT / Transfer-Encoding=chunked\n46-49 chunk 1\n49-50 body \"x\"\n50-52 chunk end\n52-55 chunk 0\n"
        "55-57 trailers\n57-57 end\n");
    row("upgrade that nobody agreed to", "GET / HTTP/1.1\r\nUpgrade: x\r\n\r\n\x81\x80",
        "0-30 head GET / Upgrade=x\n30-30 end\n30-32 junk \"\\x81\\x80\" {http.not-http 30+2}\ninside\nfailure "
        "http.malformed\n");
    row("spaces in the target", "GET /a b  HTTP/1.1\r\n\r\n",
        "0-22 head GET /a b {http.bad-request-line 0+18}\n22-22 end\n");
    row("other version", "GET / HTTP/3\r\n\r\n", "0-16 head GET / {http.bad-request-line 0+12}\n16-16 end\n");
    row("HTTP/0.9", "GET /index\r\n\r\n",
        "0-14 junk \"GET /index\\r\\n\\r\\n\" {http.bad-request-line 0+10}\nfailure http.malformed\n");
    row("no target", "GET  HTTP/1.1\r\n\r\n",
        "0-17 junk \"GET  HTTP/1.1\\r\\n\\r\\n\" {http.bad-request-line 0+13}\nfailure http.malformed\n");
    row("TLS", "\x16\x03\x01\x02",
        "0-4 junk \"\\x16\\x03\\x01\\x02\" {http.not-http 0+4}\ninside\nfailure http.malformed\n");
    row("coding that isn't chunked at last", "PUT / HTTP/1.1\r\nTransfer-Encoding: x\r\n\r\nbody",
        "0-40 head PUT / Transfer-Encoding=x {http.unknown-transfer-coding 0+40}\n40-44 junk \"body\"\ninside\nfailure "
        "http.malformed\n");
}

void Http1ParserTest::limits()
{
    const auto head = [](std::size_t size) {
        return "HTTP/1.1 204 X\r\nA: " + std::string(size - 23, 'a') + "\r\n\r\n";
    };
    const std::string fits = head(300);
    check(Http1Side::Answers, fits, nothing, "0-300 head 204 \"X\" A=" + std::string(277, 'a') + "\n300-300 end\n");
    const std::string large = head(301);
    for (const std::size_t piece : {large.size(), std::size_t{1}, std::size_t{299}}) {
        const std::string facts = parse(Http1Side::Answers, large, {piece}, nothing);
        QVERIFY2(facts.starts_with("0-301 junk") &&
                     facts.ends_with("{http.head-too-large 0+300 =300}\nfailure http.head-too-large\n"),
                 facts.c_str());
    }
    const std::string interim = "HTTP/1.1 102 X\r\n\r\n"; // 18 bytes
    std::string many;
    for (int i = 0; i < 15; ++i)
        many += interim;
    const std::string answered = many + "HTTP/1.1 204 X\r\n\r\n" + interim;
    QCOMPARE(parse(Http1Side::Answers, answered, {answered.size()}, nothing).find("failure"), std::string::npos);
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{1}}) {
        const std::string facts = parse(Http1Side::Answers, many + interim + interim, {piece}, nothing);
        QVERIFY2(facts.find("{http.head-too-large 288+12 =300}") != std::string::npos &&
                     facts.ends_with("failure http.head-too-large\n"),
                 facts.c_str());
    }
    const std::string start = "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const auto &[chunk, rule] : {std::pair("1;" + std::string(300, 'e') + "\r\n", "{http.chunk-line-too-long "),
                                      {"0\r\nA: " + std::string(300, 'b') + "\r\n\r\n", "{http.head-too-large "},
                                      {std::string(301, '0'), "{http.chunk-line-too-long "}}) {
        const std::string input = start + chunk;
        const std::string whole = parse(Http1Side::Answers, input, {input.size()}, nothing);
        QVERIFY2(whole.find("failure") != std::string::npos && whole.find(rule) != std::string::npos, whole.c_str());
        QCOMPARE(parse(Http1Side::Answers, input, {1}, nothing), whole);
    }
    const std::string blank(400, '\n');
    QVERIFY(parse(Http1Side::Answers, blank, {blank.size()}, nothing).find("failure http.head-too-large") !=
            std::string::npos);
    QCOMPARE(parse(Http1Side::Answers, blank, {1}, nothing), parse(Http1Side::Answers, blank, {blank.size()}, nothing));
}

void Http1ParserTest::saysWhatIsNoHttp_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("detail");
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n")
                         << QByteArray("not HTTP but SSH: \"SSH-2.0-OpenSSH_9.2\"");
    QTest::newRow("TLS") << QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7)
                         << QByteArray("not HTTP but TLS: 0x15 0x03 0x01 0x00 0x02 0x02 0x46");
    QTest::newRow("HTTP/2") << QByteArray("\x00\x00\x12\x04\x00\x00\x00\x00\x00", 9)
                            << QByteArray("not HTTP but HTTP/2: 0x00 0x00 0x12 0x04 0x00 0x00 0x00 0x00...");
    QTest::newRow("anything") << QByteArray("garbage in\tlines\n") << QByteArray("not HTTP: \"garbage in\\tlines\"");
}

void Http1ParserTest::saysWhatIsNoHttp()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, detail);
    Http1Parser parser(Http1Side::Answers);
    const std::string bytes = input.toStdString();
    parser.feed(bytes);
    HttpFact fact;
    QVERIFY(parser.next(fact));
    QCOMPARE(parser.failure()->detail, detail.toStdString());
}

void Http1ParserTest::switchesToTunnel()
{
    Http1Parser parser(Http1Side::Requests);
    HttpFactText text;
    parser.feed("GET / HTTP/1.1\r\nContent-Length: 1\r\n\r\n.\x81");
    HttpFact fact;
    QVERIFY(parser.next(fact));
    parser.switchToTunnel(); // at the head: the request's body comes first
    text.add(fact, parser.findings());
    text.drain(parser);
    parser.feed("GET");
    text.drain(parser);
    QVERIFY(!parser.isInsideMessage());
    parser.finish();
    text.drain(parser);
    QCOMPARE(text.text(),
             std::string("0-37 head GET / Content-Length=1\n37-38 body \".\"\n38-38 end\n38-42 body \"\\x81GET\"\n"));

    Http1Parser late(Http1Side::Requests);
    HttpFactText lateText;
    late.feed("GET / HTTP/1.1\r\n\r\nab");
    lateText.drain(late);
    late.switchToTunnel(); // what was held back for a head is the tunnel's
    lateText.drain(late);
    QCOMPARE(lateText.text(), std::string("0-18 head GET /\n18-18 end\n18-20 body \"ab\"\n"));
}

void Http1ParserTest::answersLaterRequests()
{
    Http1Parser parser(Http1Side::Answers);
    HttpFactText text;
    for (int i = 0; i < 2; ++i) {
        parser.expectAnswerTo("GET");
        QVERIFY(!parser.isInsideMessage());
        parser.feed("HTTP/1.1 204 X\r\n\r\n");
        text.drain(parser);
    }
    QCOMPARE(text.text(), std::string("0-18 head 204 \"X\"\n18-18 end\n18-36 head 204 \"X\"\n36-36 end\n"));
}

void Http1ParserTest::bodiesAreViewsIntoTheInput()
{
    Http1Parser parser(Http1Side::Answers);
    const std::string input = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    parser.feed(input);
    HttpFact fact;
    do
        QVERIFY(parser.next(fact));
    while (fact.kind != HttpFact::Kind::Body);
    QCOMPARE(static_cast<const void *>(fact.body.data()), static_cast<const void *>(input.data() + 50));
}

void Http1ParserTest::countsPendingBytes()
{
    Http1Parser parser(Http1Side::Answers);
    HttpFact fact;
    parser.feed("HTTP/1.1 2");
    QVERIFY(!parser.next(fact));
    QCOMPARE(parser.pendingBytes(), std::uint64_t{10});
    QVERIFY(parser.isInsideMessage());
    parser.feed("00 OK\r\n\r\n");
    QVERIFY(parser.next(fact));
    QCOMPARE(parser.pendingBytes(), std::uint64_t{0});
    QVERIFY(!parser.isInsideMessage());
}

void Http1ParserTest::saysTheFraming()
{
    const auto framing = [](const char *fields) {
        Http1Parser parser(Http1Side::Answers);
        const std::string input = std::string("HTTP/1.1 200 OK\r\n") + fields + "\r\n";
        parser.feed(input);
        HttpFact fact;
        parser.next(fact);
        return parser.framing();
    };
    QCOMPARE(framing(""), BodyFraming::UntilClose);
    QCOMPARE(framing("Content-Length: 1\r\n"), BodyFraming::ContentLength);
    QCOMPARE(framing("Transfer-Encoding: chunked\r\n"), BodyFraming::Chunked);
}

PUSHSCOPE_TEST(Http1ParserTest)
#include "http1parsertest.moc"
