#include "core/wire/ws/wsassembler.h"

#include "tests/core/wire/ws/wstext.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class WsAssemblerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void assembles_data();
    void assembles();
    void keepsNothingUnlessAsked();
    void unmasksLargePayloads();
    void failsAtTheOffendingByte_data();
    void failsAtTheOffendingByte();
    void keepsUpToTheLimit();
    void knowsWhereItStands();
    void leavesCompressedTextAlone();
};

namespace {

void add(const char *name, const char *input, QByteArrayList lines)
{
    QTest::newRow(name) << QByteArray(input) << lines.join('\n') + (lines.isEmpty() ? "" : "\n");
}

void addMessages()
{
    add("nothing", "", {});
    add("text", R"(81 05 "Hello")", {R"(text #0 bytes=5 "Hello")"});
    add("empty text", "81 00", {"text #0 bytes=0"});
    add("masked text", "81 85 37fa213d 7f9f4d5158", {R"(text #0 bytes=5 "Hello")"});
    add("binary", "82 02 00ff", {"binary #0 bytes=2 00ff"});
    add("fragments", R"(01 03 "Hel" 80 02 "lo")", {R"(text #0-#1/2 bytes=5 "Hello")"});
    add("empty fragments", R"(01 00 00 00 00 01 "a" 80 00)", {R"(text #0-#3/4 bytes=1 "a")"});
    add("masked fragments", "01 83 37fa213d 7f9f4d 80 82 01020304 6d6d", {R"(text #0-#1/2 bytes=5 "Hello")"});
    add("ping between fragments", R"(01 03 "Hel" 89 01 "p" 8a 00 80 02 "lo")",
        {R"(ping #1 bytes=1 "p")", "pong #2 bytes=0", R"(text #0-#3/2 bytes=5 "Hello")"});
    add("messages count their frames", R"(81 01 "a" 02 01 "b" 80 01 "c" 81 01 "d")",
        {R"(text #0 bytes=1 "a")", R"(binary #1-#2/2 bytes=2 "bc")", R"(text #3 bytes=1 "d")"});
    add("UTF-8 across fragments", "01 01 c3 80 01 a9", {"text #0-#1/2 bytes=2 c3a9"});
    add("UTF-8 across fragments and a ping", "01 02 f09f 89 00 80 02 9880",
        {"ping #1 bytes=0", "text #0-#2/2 bytes=4 f09f9880"});
    add("invalid UTF-8 in binary", "82 01 ff", {"binary #0 bytes=1 ff"});
}

void addSequenceViolations()
{
    add("continuation without start", R"(80 01 "a" 81 01 "b")",
        {R"(binary #0 bytes=1 "a" !ws.continuation-without-start@0+1)", R"(text #1 bytes=1 "b")"});
    add("continuations without start", R"(00 01 "a" 80 01 "b")",
        {R"(binary #0-#1/2 bytes=2 "ab" !ws.continuation-without-start@0+1)"});
    add("text inside a fragmented text", R"(01 01 "a" 81 01 "b" 80 01 "c")",
        {R"(text #0 bytes=1 "a" abandoned)", R"(text #1 bytes=1 "b" !ws.data-inside-fragmented@3+1)",
         R"(binary #2 bytes=1 "c" !ws.continuation-without-start@6+1)"});
    add("fragmented text inside a fragmented binary", R"(02 01 "a" 01 01 "b" 80 01 "c")",
        {R"(binary #0 bytes=1 "a" abandoned)", R"(text #1-#2/2 bytes=2 "bc" !ws.data-inside-fragmented@3+1)"});
    add("reserved opcodes carry nothing", R"(01 01 "a" 83 01 "x" 8b 01 "y" 80 01 "b")",
        {R"(text #0-#3/2 bytes=2 "ab")"});
    add("fragmented ping", R"(09 01 "a" 80 01 "b")",
        {R"(ping #0 bytes=1 "a")", R"(binary #1 bytes=1 "b" !ws.continuation-without-start@3+1)"});
    add("unfinished text", R"(01 01 "a" 00 01 "b")",
        {R"(text #0-#1/2 bytes=2 "ab" abandoned !ws.unfinished-message@0+6)"});
    add("cut frame", R"(81 01 "a" 81 05 "Hel")", {R"(text #0 bytes=1 "a")", R"(text #1 bytes=3 "Hel" abandoned)"});
    add("cut ping between fragments", R"(01 01 "a" 89 05 "Hel")",
        {R"(text #0 bytes=1 "a" abandoned !ws.unfinished-message@0+8)", R"(ping #1 bytes=3 "Hel" abandoned)"});
    add("cut header", R"(81 01 "a" 81)", {R"(text #0 bytes=1 "a")"});
}

void addCloses()
{
    add("empty close", "88 00", {"close #0 code=0 bytes=0"});
    add("code", "88 02 03e8", {"close #0 code=1000 bytes=2 03e8"});
    add("masked code", "88 82 01020304 02ea", {"close #0 code=1000 bytes=2 03e8"});
    add("code and reason", R"(88 05 03e9 "bye")", {"close #0 code=1001 bytes=5 03e9627965"});
    add("reason that is not ASCII", "88 04 03e9 c3a9", {"close #0 code=1001 bytes=4 03e9c3a9"});
    add("one byte", "88 01 03", {"close #0 code=0 bytes=1 03 !ws.close-one-byte@2+1"});
    add("code 0", "88 02 0000", {"close #0 code=0 bytes=2 0000 !ws.close-code-invalid@2+2"});
    add("code 1005", "88 02 03ed", {"close #0 code=1005 bytes=2 03ed !ws.close-code-invalid@2+2(1005)"});
    add("code 5000, behind a frame", R"(81 01 "a" 88 02 1388)",
        {R"(text #0 bytes=1 "a")", "close #1 code=5000 bytes=2 1388 !ws.close-code-invalid@5+2(5000)"});
    add("bad reason", "88 05 03e8 61ff61", {"close #0 code=1000 bytes=5 03e861ff61 !ws.invalid-utf8-in-reason@5+1"});
    add("masked bad reason", "88 85 01020304 02ea 62fb60",
        {"close #0 code=1000 bytes=5 03e861ff61 !ws.invalid-utf8-in-reason@9+1"});
    add("cut reason", "88 04 03e8 61c3", {"close #0 code=1000 bytes=4 03e861c3 !ws.invalid-utf8-in-reason@5+1"});
    add("bad code and reason", "88 03 0000 ff",
        {"close #0 code=0 bytes=3 0000ff !ws.close-code-invalid@2+2 !ws.invalid-utf8-in-reason@4+1"});
    add("text after close", R"(88 00 81 01 "a" 82 00)",
        {"close #0 code=0 bytes=0", R"(text #1 bytes=1 "a" !ws.data-after-close@2+1)",
         "binary #2 bytes=0 !ws.data-after-close@5+1"});
    add("control frames after close", "88 00 89 00 8a 00 88 00",
        {"close #0 code=0 bytes=0", "ping #1 bytes=0", "pong #2 bytes=0", "close #3 code=0 bytes=0"});
    add("close inside a fragmented message", R"(01 01 "a" 88 00 80 01 "b")",
        {"close #1 code=0 bytes=0", R"(text #0-#2/2 bytes=2 "ab" !ws.data-after-close@5+1)"});
}

} // namespace

void WsAssemblerTest::assembles_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("lines");
    addMessages();
    addSequenceViolations();
    addCloses();
}

void WsAssemblerTest::assembles()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, lines);
    const Bytes bytes = bytesOf(input.toStdString());
    forEachCut(bytes, [&](const std::vector<ByteView> &parts) {
        QCOMPARE(showMessages(parts, Role::Server, {.keepPayloads = true}), lines);
    });
}

void WsAssemblerTest::keepsNothingUnlessAsked()
{
    const Bytes bytes = bytesOf(R"(81 05 "Hello" 02 01 "a" 89 01 "p" 80 01 "b" 81 81 00000000 61 88 02 03e8)");
    forEachCut(bytes, [](const std::vector<ByteView> &parts) {
        QCOMPARE(showMessages(parts, Role::Server, {}),
                 QByteArray("text #0 bytes=5\nping #2 bytes=1 \"p\"\nbinary #1-#3/2 bytes=2\ntext #4 bytes=1\n"
                            "close #5 code=1000 bytes=2 03e8\n"));
    });
}

void WsAssemblerTest::unmasksLargePayloads()
{
    Bytes plain;
    for (int i = 0; i < 20'000; ++i)
        plain += static_cast<char>('a' + i % 23);
    Bytes masked = plain;
    const std::array<std::uint8_t, 4> key{1, 2, 3, 4};
    applyMask(masked.data(), masked.size(), key);
    const Bytes frame = bytesOf("81 fe 4e20 01020304") + masked;
    for (const std::size_t cut :
         {frame.size(), std::size_t{9}, std::size_t{4103}, std::size_t{4105}, std::size_t{8191}}) {
        WsFrameDecoder decoder(Role::Client);
        WsAssembler assembler({.keepPayloads = true});
        WsFrameFact fact;
        std::optional<WsMessage> message;
        for (const ByteView part : {ByteView(frame).substr(0, cut), ByteView(frame).substr(cut)}) {
            decoder.feed(part);
            while (decoder.next(fact)) {
                message = assembler.take(fact);
                QVERIFY(assembler.findings().empty());
            }
        }
        QVERIFY(message.has_value());
        QVERIFY(message->payload == plain);
    }
}

void WsAssemblerTest::failsAtTheOffendingByte_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("offender");
    QTest::newRow("no lead") << QByteArray(R"(81 05 "ab" 80 "cd")") << 4;
    QTest::newRow("overlong") << QByteArray(R"(81 05 "ab" c0 "cd")") << 4;
    QTest::newRow("surrogate") << QByteArray(R"(81 05 "a" eda0 "cd")") << 4;
    QTest::newRow("beyond U+10FFFF") << QByteArray(R"(81 05 f490 "bcd")") << 3;
    QTest::newRow("broken sequence") << QByteArray(R"(81 05 e282 "bcd")") << 4;
    QTest::newRow("across fragments") << QByteArray(R"(01 02 "a" e2 80 03 "bcd")") << 6;
    QTest::newRow("across a ping") << QByteArray(R"(01 01 f4 89 01 ff 00 01 90 80 00)") << 8;
    QTest::newRow("second fragment") << QByteArray(R"(01 02 c3a9 80 03 c3a9 ff)") << 8;
    QTest::newRow("masked") << QByteArray("81 83 01020304 60fd60") << 7;
    QTest::newRow("ends inside a sequence") << QByteArray("81 02 61c3") << 3;
    QTest::newRow("ends inside a sequence, masked") << QByteArray("81 82 01020304 60c1") << 7;
    QTest::newRow("an empty frame ends it") << QByteArray("01 01 c3 80 00") << 3;
    QTest::newRow("after a text of the same connection") << QByteArray(R"(81 02 "ok" 81 01 ff)") << 6;
}

/// However the stream is cut: one Finding, at the offending byte, in the fact that has that byte.
void WsAssemblerTest::failsAtTheOffendingByte()
{
    QFETCH(QByteArray, input);
    QFETCH(int, offender);
    const Bytes bytes = bytesOf(input.toStdString());
    for (const bool keepPayloads : {false, true}) {
        forEachCut(bytes, [&](const std::vector<ByteView> &parts) {
            WsFrameDecoder decoder(Role::Server);
            WsAssembler assembler({.keepPayloads = keepPayloads});
            WsFrameFact fact;
            int findings = 0;
            for (const ByteView part : parts) {
                decoder.feed(part);
                while (decoder.next(fact)) {
                    assembler.take(fact);
                    for (const Finding &finding : assembler.findings()) {
                        ++findings;
                        QCOMPARE(finding, (Finding{Rule::WsInvalidUtf8, static_cast<std::uint64_t>(offender), 1, 0}));
                        QVERIFY(finding.begin >= fact.range.begin && finding.begin < fact.range.end);
                    }
                }
            }
            QCOMPARE(findings, 1);
        });
    }
}

void WsAssemblerTest::keepsUpToTheLimit()
{
    const Bytes bytes = bytesOf(R"(01 04 "abcd" 00 04 "efgh" 80 01 "i" 81 08 "12345678" 82 09 "123456789")");
    forEachCut(bytes, [](const std::vector<ByteView> &parts) {
        QCOMPARE(showMessages(parts, Role::Server, {.keepPayloads = true, .messageLimit = 8}),
                 QByteArray("text #0-#2/3 bytes=9 \"abcdefgh\" !ws.message-too-large@12+2(9)\n"
                            "text #3 bytes=8 \"12345678\"\n"
                            "binary #4 bytes=9 \"12345678\" !ws.message-too-large@25+2(9)\n"));
    });
}

void WsAssemblerTest::knowsWhereItStands()
{
    const Bytes bytes = bytesOf(R"(81 01 "a" 01 01 "b" 89 00 80 00 88 00)");
    WsFrameDecoder decoder(Role::Server);
    WsAssembler assembler;
    WsFrameFact fact;
    QByteArray states;
    for (const char &byte : bytes) {
        decoder.feed(ByteView(&byte, 1));
        while (decoder.next(fact))
            assembler.take(fact);
        states += assembler.isInsideMessage() ? 'i' : '-';
        states += assembler.sawClose() ? 'c' : '-';
    }
    QCOMPARE(states, QByteArray("--i---"
                                "--i-i-"
                                "i-i-"
                                "i---"
                                "---c"));
}

void WsAssemblerTest::leavesCompressedTextAlone()
{
    const Bytes bytes = bytesOf("41 01 ff 80 01 ff c1 01 ff c9 00");
    QCOMPARE(showMessages({bytes}, Role::Server, {.keepPayloads = true, .allowedReservedBits = 4}),
             QByteArray("text compressed #0-#1/2 bytes=2 ffff\ntext compressed #2 bytes=1 ff\nping #3 bytes=0\n"));
    QCOMPARE(showMessages({ByteView(bytes).substr(6, 3)}, Role::Server, {}),
             QByteArray("text #0 bytes=1 !ws.invalid-utf8@2+1\n"));
}

PUSHSCOPE_TEST(WsAssemblerTest)
#include "wsassemblertest.moc"
