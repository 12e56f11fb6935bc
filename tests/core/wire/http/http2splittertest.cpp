#include "core/wire/http/http2splitter.h"

#include "tests/core/wire/http/http2splittext.h"
#include "tests/core/wire/ws/wstext.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {

using Sender = Http2Splitter::Sender;
using Kind = Http2Fact::Kind;
using Type = Http2FrameType;

const std::string preface = R"("PRI * HTTP/2.0" 0d0a 0d0a "SM" 0d0a 0d0a )";
const std::string settings = "000000 04 00 00000000 "; // nine bytes, as the server's first frame
const std::string get = "82 87 84 ";                   // GET, https, "/"

void add(const char *name, Sender sender, const std::string &input, const std::string &expected)
{
    QTest::newRow(name) << static_cast<int>(sender) << QByteArray::fromStdString(input)
                        << QByteArray::fromStdString(expected);
}

/// Frames of a server behind its SETTINGS.
void addServer(const char *name, const std::string &input, const std::string &expected)
{
    add(name, Sender::Server, settings + input, "0-9 SETTINGS\n" + expected);
}

void addOpenings()
{
    add("nothing", Sender::Client, "", "");
    add("nothing of a server", Sender::Server, "", "");
    add("a client", Sender::Client, preface + settings + "000004 08 00 00000000 00000001",
        "0-24 preface\n24-33 SETTINGS\n33-46 WINDOW_UPDATE 00000001\n");
    add("a cut preface", Sender::Client, R"("PRI * H")", "0-7 junk \"PRI * H\" !http2.bad-preface@0+7\n");
    add("a wrong preface", Sender::Client, R"("PRI * HTTP/3.0" 0d0a)",
        "0-16 junk 505249202a20485454502f332e300d0a !http2.bad-preface@0+12\n");
    add("an HTTP/1.1 request", Sender::Client, R"("GET / HTTP/1.1")",
        "0-14 junk \"GET / HTTP/1.1\" !http2.bad-preface@0+9\n");
    add("a POST", Sender::Client, R"("POST / HTTP/1.1")", "0-15 junk \"POST / HTTP/1.1\" !http2.bad-preface@0+2\n");
    add("frames without a preface", Sender::Client, settings + settings,
        "0-9 SETTINGS !http2.bad-preface@0+9\n9-18 SETTINGS\n");
    add("no SETTINGS behind the preface", Sender::Client, preface + "000008 06 00 00000000 \"01234567\"" + settings,
        "0-24 preface\n24-41 PING \"01234567\" !http2.bad-preface@24+9\n41-50 SETTINGS\n");
    add("no SETTINGS of a server", Sender::Server, "000000 04 01 00000000" + settings,
        "0-9 SETTINGS flags 1 !http2.bad-preface@0+9\n9-18 SETTINGS\n");
    add("an HTTP/1.1 answer", Sender::Server, R"("HTTP/1.1 400 Bad Request")",
        "0-24 junk \"HTTP/1.1 400 Bad Request\" !http2.bad-preface@0+9\n");
    add("a short line", Sender::Server, R"("220 hi")", "0-6 junk \"220 hi\" !http2.bad-preface@0+6\n");
    add("a TLS alert", Sender::Server, "15 03 03 00 02 02 46", "0-7 junk 15030300020246 !http2.bad-preface@0+7\n");
}

void addData()
{
    addServer("data", R"(000003 00 01 00000001 "abc" 000000 00 01 00000003)",
              "9-21 DATA flags 1 stream 1 \"abc\"\n21-30 DATA flags 1 stream 3\n");
    addServer("padded data", R"(000006 00 08 00000001 02 "abc" 0000)", "9-24 DATA flags 8 stream 1 \"abc\"\n");
    addServer("padding only", "000003 00 08 00000001 02 0000", "9-21 DATA flags 8 stream 1\n");
    addServer("padding too long", "000003 00 08 00000001 03 0000 000001 00 00 00000001 \"a\"",
              "9-21 DATA flags 8 stream 1 !http2.padding-too-long@18+1(3)\n21-31 DATA stream 1 \"a\"\n");
    addServer("no room for the pad length", "000000 00 08 00000001",
              "9-18 DATA flags 8 stream 1 !http2.frame-length@9+3\n");
    addServer("data of stream 0, reserved bit", R"(000001 00 00 80000000 "a")",
              "9-19 DATA \"a\" !http2.reserved-bit@14+1 !http2.wrong-stream@14+4\n");
    addServer("an unknown frame", R"(000003 0b 08 00000001 "abc")",
              "9-21 type 11 flags 8 stream 1 \"abc\" !http2.unknown-frame@12+1(11)\n");
}

void addControl()
{
    addServer("each of them",
              "000005 02 00 00000003 0000000110 000004 03 00 00000003 00000008 000006 04 00 00000000 000300000064 "
              "000008 06 01 00000000 \"01234567\" 00000a 07 00 00000000 00000003 00000000 \"ok\" "
              "000006 0a 00 00000003 0000 \"h2=a\" 000003 0c 00 00000000 0001 \"a\"",
              "9-23 PRIORITY stream 3 0000000110\n23-36 RST_STREAM stream 3 00000008\n36-51 SETTINGS 000300000064\n"
              "51-68 PING flags 1 \"01234567\"\n68-87 GOAWAY 00000003000000006f6b\n"
              "87-102 ALTSVC stream 3 000068323d61\n102-114 ORIGIN 000161\n");
    addServer("wrong lengths", "000004 02 00 00000003 00000001 000000 03 00 00000003 000007 06 00 00000000 \"0123456\"",
              "9-22 PRIORITY stream 3 00000001 !http2.frame-length@9+3(4)\n"
              "22-31 RST_STREAM stream 3 !http2.frame-length@22+3\n"
              "31-47 PING \"0123456\" !http2.frame-length@31+3(7)\n");
    addServer("wrong values", "000004 08 00 00000003 80000000 000006 04 00 00000000 0004 ffffffff",
              "9-22 WINDOW_UPDATE stream 3 80000000 !http2.increment-zero@18+4\n"
              "22-37 SETTINGS 0004ffffffff !http2.setting-value@31+6(4294967295)\n");
}

void addCuts()
{
    addServer("a cut header", "000003 00 01 000000", "9-17 junk 0000030001000000 !http2.frame-cut@9+8(1)\n");
    addServer("a header alone", "000003 00 01 00000001", "9-18 DATA flags 1 stream 1 of 3 !http2.frame-cut@9+9(3)\n");
    addServer("cut data", R"(000003 00 01 00000001 "ab")",
              "9-20 DATA flags 1 stream 1 of 3 \"ab\" !http2.frame-cut@9+11(1)\n");
    addServer("cut padding", R"(000004 00 08 00000001 02 "a" 00)",
              "9-21 DATA flags 8 stream 1 of 4 \"a\" !http2.frame-cut@9+12(1)\n");
    addServer("a cut PING", R"(000008 06 00 00000000 "0123")", "9-22 PING of 8 \"0123\" !http2.frame-cut@9+13(4)\n");
    addServer("a cut field block", "000002 01 04 00000001 88",
              "9-19 HEADERS flags 4 stream 1 of 2 88 !http2.frame-cut@9+10(1)\n");
}

void addFieldBlocks()
{
    addServer("an answer and trailers", R"(000001 01 04 00000001 88 000005 01 05 00000001 40 01 "a" 01 "b")",
              "9-19 HEADERS flags 4 stream 1 88\n  block of 1 table 0\n    indexed :status: 200\n"
              "19-33 HEADERS flags 5 stream 1 4001610162\n  block of 1 table 34\n    incremental a: b\n");
    addServer("padded, with priority", "00000a 01 2c 00000001 03 00000000 10 88 000000",
              "9-28 HEADERS flags 44 stream 1 03000000001088000000\n  block of 1 table 0\n    indexed :status: 200\n");
    addServer("in three frames",
              R"(000001 01 00 00000001 88 000000 09 00 00000001 000005 09 04 00000001 0001 "a" 01 "b")",
              "9-19 HEADERS stream 1 88\n19-28 CONTINUATION stream 1\n28-42 CONTINUATION flags 4 stream 1 0001610162\n"
              "  block of 1 table 0\n    indexed :status: 200\n    literal a: b\n");
    addServer("a promise", "000007 05 04 00000001 00000002" + get,
              "9-25 PUSH_PROMISE flags 4 stream 1 00000002828784\n  block of 2 table 0\n    indexed :method: GET\n"
              "    indexed :scheme: https\n    indexed :path: /\n");
    addServer("HPACK lost", "000002 01 04 00000001 88 80 000001 01 04 00000003 88",
              "9-20 HEADERS flags 4 stream 1 8880 !http2.hpack@18+2\n"
              "  block of 1 table 0 error: index 0 means nothing at byte 1\n    indexed :status: 200\n"
              "20-30 HEADERS flags 4 stream 3 88 !http2.hpack@29+1\n"
              "  block of 3 table 0 error: an earlier field block could not be decoded\n");
    addServer("padding takes the block", "000003 01 0c 00000001 09 88 00",
              "9-21 HEADERS flags 12 stream 1 098800 !http2.padding-too-long@18+1(9) !http2.hpack@19+0\n"
              "  block of 1 table 0 error: a frame of a field block could not be read\n");
    addServer("a bad field", R"(000006 01 04 00000001 88 00 01 "A" 01 "b")",
              "9-24 HEADERS flags 4 stream 1 880001410162 !http2.bad-field@19+5\n  block of 1 table 0\n"
              "    indexed :status: 200\n    literal A: b\n");
    addServer("a field is missing", R"(000005 01 04 00000001 00 01 "a" 01 "b")",
              "9-23 HEADERS flags 4 stream 1 0001610162 !http2.bad-field@18+5\n  block of 1 table 0\n"
              "    literal a: b\n");
    addServer("a bad field in two frames", R"(000001 01 00 00000001 88 000005 09 04 00000001 0001 "A" 01 "b")",
              "9-19 HEADERS stream 1 88\n19-33 CONTINUATION flags 4 stream 1 0001410162 !http2.bad-field@28+5\n"
              "  block of 1 table 0\n    indexed :status: 200\n    literal A: b\n");
}

void addInterruptedBlocks()
{
    const std::string lost = " table 0 error: an earlier field block was interrupted\n";
    addServer("another frame between", "000001 01 00 00000001 88 000000 00 00 00000001 000001 01 04 00000003 88",
              "9-19 HEADERS stream 1 88\n19-28 DATA stream 1 !http2.continuation-missing@19+9\n"
              "28-38 HEADERS flags 4 stream 3 88 !http2.hpack@37+1\n  block of 3" +
                  lost);
    addServer("another block between", "000001 01 00 00000001 88 000001 01 04 00000003 88",
              "9-19 HEADERS stream 1 88\n"
              "19-29 HEADERS flags 4 stream 3 88 !http2.continuation-missing@19+9 !http2.hpack@28+1\n  block of 3" +
                  lost);
    addServer("a CONTINUATION of another stream", "000001 01 00 00000001 88 000001 09 04 00000003 88",
              "9-19 HEADERS stream 1 88\n19-29 CONTINUATION flags 4 stream 3 88 !http2.continuation-missing@19+9\n");
    addServer("a CONTINUATION of nothing", "000001 09 04 00000001 88",
              "9-19 CONTINUATION flags 4 stream 1 88 !http2.continuation-unexpected@9+9\n");
    addServer("a CONTINUATION too many", "000001 01 04 00000001 88 000000 09 04 00000001",
              "9-19 HEADERS flags 4 stream 1 88\n  block of 1 table 0\n    indexed :status: 200\n"
              "19-28 CONTINUATION flags 4 stream 1 !http2.continuation-unexpected@19+9\n");
}

} // namespace

class Http2SplitterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void splits_data();
    void splits();
    void whatIsTooLargeIsStreamed();
    void limitsFollowTheSettings();
    void largeFieldSections();
    void floodsAreBounded();
    void handsOutViewsIntoTheInput();
    void tellsWhatIsPending();
    void tellsHttp1();
};

void Http2SplitterTest::splits_data()
{
    QTest::addColumn<int>("sender");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("expected");
    addOpenings();
    addData();
    addControl();
    addCuts();
    addFieldBlocks();
    addInterruptedBlocks();
}

void Http2SplitterTest::splits()
{
    QFETCH(int, sender);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, expected);
    const Bytes bytes = bytesOf(input.toStdString());
    forEachCut(bytes, [&](const std::vector<ByteView> &parts) {
        QCOMPARE(showSplit(parts, static_cast<Sender>(sender)).c_str(), expected.constData());
    });
}

void Http2SplitterTest::whatIsTooLargeIsStreamed()
{
    const auto split = [](const std::string &notation) {
        const Bytes bytes = bytesOf(settings + notation);
        const std::string whole = showSplit({bytes}, Sender::Server);
        for (const std::size_t size : {std::size_t(1), std::size_t(1000)}) {
            std::vector<ByteView> parts;
            for (std::size_t at = 0; at < bytes.size(); at += size)
                parts.push_back(ByteView(bytes).substr(at, size));
            if (showSplit(parts, Sender::Server) != whole)
                return std::string("depends on the cuts");
        }
        return whole;
    };
    QCOMPARE(split("004001 04 00 00000000 \"x\"*16385").c_str(),
             "0-9 SETTINGS\n9-16403 SETTINGS (16385 bytes) !http2.frame-too-large@9+3(16384) "
             "!http2.frame-length@9+3(16385)\n");
    QCOMPARE(split("004001 00 00 00000001 \"x\"*16385").c_str(),
             "0-9 SETTINGS\n9-16403 DATA stream 1 (16385 bytes) !http2.frame-too-large@9+3(16384)\n");
    QCOMPARE(split("004001 01 00 00000001 \"x\"*16385 000001 09 04 00000001 88").c_str(),
             "0-9 SETTINGS\n9-16403 HEADERS stream 1 (16385 bytes) !http2.frame-too-large@9+3(16384)\n"
             "16403-16413 CONTINUATION flags 4 stream 1 88 !http2.hpack@16412+1\n"
             "  block of 1 table 0 error: a frame of a field block could not be read\n");
    QCOMPARE(split("004001 05 04 00000001 \"x\"*16385").c_str(),
             "0-9 SETTINGS\n9-16403 PUSH_PROMISE flags 4 stream 1 (16385 bytes) !http2.frame-too-large@9+3(16384) "
             "!http2.hpack@9+9\n  block of 0 table 0 error: a frame of a field block could not be read\n");
}

void Http2SplitterTest::limitsFollowTheSettings()
{
    Http2Splitter splitter(Sender::Server);
    splitter.allowFrameSize(16385);
    splitter.allowTableSize(0);
    Http2SplitText text(splitter);
    text.feed(bytesOf(settings + "004001 00 00 00000001 \"x\"*16385 000001 01 04 00000001 88"));
    QCOMPARE(text.finish().c_str(),
             "0-9 SETTINGS\n9-16403 DATA stream 1 (16385 bytes)\n"
             "16403-16413 HEADERS flags 4 stream 1 88 !http2.hpack@16412+1\n  block of 1 table 0 error: "
             "the dynamic table was not made smaller as its new limit asks at byte 0\n");
}

void Http2SplitterTest::largeFieldSections()
{
    const Bytes bytes = bytesOf(settings + R"(00000b 01 04 00000001 88 00 01 "a" 06 "bbbbbb")");
    QCOMPARE(
        showSplit({bytes}, Sender::Server, 60).c_str(),
        "0-9 SETTINGS\n9-29 HEADERS flags 4 stream 1 8800016106626262626262 !http2.field-section-too-large@18+11(60)\n"
        "  block of 1 table 0 left out 1\n    indexed :status: 200\n");
}

/// CONTINUATION frames without end take no more than a multiple of the limit.
void Http2SplitterTest::floodsAreBounded()
{
    Bytes flood = bytesOf(settings + "000001 01 00 00000001 88");
    for (int i = 0; i < 5; ++i)
        flood += bytesOf(R"(000064 09 00 00000001 "x"*100)");
    flood += bytesOf("000000 09 04 00000001");
    forEachCut(flood, [&](const std::vector<ByteView> &parts) {
        const std::string text = showSplit(parts, Sender::Server, 100);
        const std::size_t told = text.find("!http2.field-section-too-large@355+100(100)");
        QVERIFY(told != std::string::npos);
        QCOMPARE(text.find("!http2.field-section-too-large", told + 1), std::string::npos);
        QVERIFY(text.ends_with(
            "!http2.hpack@573+0\n  block of 1 table 0 error: a field block was too large to be gathered\n"));
    });
}

void Http2SplitterTest::handsOutViewsIntoTheInput()
{
    const Bytes bytes = bytesOf(settings + R"(000003 00 01 00000001 "abc" 000008 06 01 00000000 "01234567")");
    Http2Splitter splitter(Sender::Server);
    splitter.feed(bytes);
    Http2Fact fact;
    std::vector<Kind> kinds;
    while (splitter.next(fact)) {
        kinds.push_back(fact.kind);
        if (fact.kind == Kind::Data)
            QCOMPARE(fact.bytes.data(), bytes.data() + 18);
        if (fact.kind == Kind::End && fact.frame.type == Type::Ping)
            QCOMPARE(fact.payload.data(), bytes.data() + 30);
    }
    QCOMPARE(kinds, (std::vector{Kind::Begin, Kind::End, Kind::Begin, Kind::Data, Kind::End, Kind::Begin, Kind::End}));
}

void Http2SplitterTest::tellsWhatIsPending()
{
    const Bytes bytes = bytesOf(preface + settings + R"(000004 00 08 00000001 01 "ab" 00)");
    Http2Splitter splitter(Sender::Client);
    Http2Fact fact;
    std::vector<std::uint64_t> pending;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        splitter.feed(ByteView(bytes).substr(at, 1));
        while (splitter.next(fact)) {
        }
        pending.push_back(splitter.pendingBytes());
    }
    std::vector<std::uint64_t> expected;
    for (const std::uint64_t size : {24, 9, 13}) {
        for (std::uint64_t at = 1; at <= size; ++at)
            expected.push_back(at == size ? 0 : at);
    }
    QCOMPARE(pending, expected);
}

void Http2SplitterTest::tellsHttp1()
{
    const auto tells = [](Sender sender, ByteView bytes, std::size_t size) {
        Http2Splitter splitter(sender);
        Http2Fact fact;
        for (std::size_t at = 0; at < bytes.size(); at += size) {
            splitter.feed(bytes.substr(at, size));
            while (splitter.next(fact)) {
            }
        }
        splitter.finish();
        while (splitter.next(fact)) {
        }
        return splitter.looksLikeHttp1();
    };
    for (const std::size_t size : {1, 4, 100}) {
        QVERIFY(tells(Sender::Server, "HTTP/1.1 400 Bad Request\r\n", size));
        QVERIFY(tells(Sender::Server, "HTTP/1.0", size));
        QVERIFY(!tells(Sender::Server, "HTTP/2 200\r\n", size));
        QVERIFY(!tells(Sender::Server, bytesOf(settings + settings), size));
        QVERIFY(!tells(Sender::Client, "GET / HTTP/1.1\r\n", size));
    }
}

PUSHSCOPE_TEST(Http2SplitterTest)
#include "http2splittertest.moc"
