#include "core/wire/ws/wsframedecoder.h"

#include "tests/core/wire/ws/wstext.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class WsFrameDecoderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodes_data();
    void decodes();
    void goesOnBehindAFrameAboveTheLimit();
    void allowsNegotiatedBits();
    void handsOutAWholeFrameAtOnce();
    void handsOutALargeFrameInParts();
    void handsOutAHeaderWithoutPayload();
    void tellsWhatIsPending();
    void countsBeyondFourGigabytes();
};

namespace {

/// A row: what a server (or client) sent and the frames that are in it.
void add(const char *name, Role sender, const char *input, QByteArrayList lines)
{
    QTest::newRow(name) << static_cast<int>(sender) << QByteArray(input)
                        << lines.join('\n') + (lines.isEmpty() ? "" : "\n");
}

void addExamplesOfTheStandard()
{
    add("5.7 unmasked text", Role::Server, R"(81 05 "Hello")", {R"(0-7 fin text 5 "Hello")"});
    add("5.7 masked text", Role::Client, "81 85 37fa213d 7f9f4d5158", {"0-11 fin text mask=37fa213d 5 7f9f4d5158"});
    add("5.7 fragments", Role::Server, R"(01 03 "Hel" 80 02 "lo")",
        {R"(0-5 text 3 "Hel")", R"(5-9 fin continuation 2 "lo")"});
    add("5.7 ping", Role::Server, R"(89 05 "Hello")", {R"(0-7 fin ping 5 "Hello")"});
    add("5.7 masked pong", Role::Client, "8a 85 37fa213d 7f9f4d5158", {"0-11 fin pong mask=37fa213d 5 7f9f4d5158"});
    add("5.7 256 bytes", Role::Server, R"(82 7e 0100 "z"*256)", {"0-260 fin binary 16:256 (256 bytes)"});
    add("5.7 64 KiB, its beginning", Role::Server, R"(82 7f 0000000000010000 "zz")",
        {"0-12 fin binary 64:65536 \"zz\" cut", "0-12 truncated fin binary 64:65536 !ws.truncated-frame@0+12(65534)"});
}

void addHeaders()
{
    add("nothing", Role::Server, "", {});
    add("empty text", Role::Server, "81 00", {R"(0-2 fin text 0 "")"});
    add("empty masked text", Role::Client, "81 80 01020304", {R"(0-6 fin text mask=01020304 0 "")"});
    add("many frames", Role::Server, R"(81 01 "a" 82 00 8a 01 "b" 81 01 "c")",
        {R"(0-3 fin text 1 "a")", R"(3-5 fin binary 0 "")", R"(5-8 fin pong 1 "b")", R"(8-11 fin text 1 "c")"});
    add("125 bytes", Role::Server, R"(81 7d "x"*125)", {"0-127 fin text 125 (125 bytes)"});
    add("126 bytes", Role::Server, R"(81 7e 007e "x"*126)", {"0-130 fin text 16:126 (126 bytes)"});
    add("126 masked bytes", Role::Client, R"(81 fe 007e 00000000 "x"*126)",
        {"0-134 fin text mask=00000000 16:126 (126 bytes)"});
    add("a frame that looks like another inside", Role::Server, "82 07 81058105810581",
        {"0-9 fin binary 7 81058105810581"});
}

void addViolations()
{
    add("reserved bits", Role::Server, R"(c1 01 "a" a1 01 "b" 91 01 "c" f1 01 "d")",
        {R"(0-3 fin rsv4 text 1 "a" !ws.reserved-bits@0+1(4))", R"(3-6 fin rsv2 text 1 "b" !ws.reserved-bits@3+1(2))",
         R"(6-9 fin rsv1 text 1 "c" !ws.reserved-bits@6+1(1))",
         R"(9-12 fin rsv7 text 1 "d" !ws.reserved-bits@9+1(7))"});
    add("reserved data opcode", Role::Server, R"(83 01 "a" 07 00)",
        {R"(0-3 fin reserved-3 1 "a" !ws.reserved-opcode@0+1(3))",
         R"(3-5 reserved-7 0 "" !ws.reserved-opcode@3+1(7))"});
    add("reserved control opcode", Role::Server, R"(8b 01 "a" 0f 00)",
        {R"(0-3 fin reserved-11 1 "a" !ws.reserved-opcode@0+1(11))",
         R"(3-5 reserved-15 0 "" !ws.reserved-opcode@3+1(15) !ws.control-fragmented@3+1)"});
    add("masked by a server", Role::Server, "81 81 00000000 61",
        {R"(0-7 fin text mask=00000000 1 "a" !ws.masked-by-server@1+1)"});
    add("unmasked by a client", Role::Client, R"(81 01 "a" 81 00)",
        {R"(0-3 fin text 1 "a" !ws.unmasked-by-client@1+1)", R"(3-5 fin text 0 "" !ws.unmasked-by-client@4+1)"});
    add("16 bits where 7 do", Role::Server, R"(81 7e 0001 "a" 81 7e 0000)",
        {R"(0-5 fin text 16:1 "a" !ws.length-not-minimal@1+3(1))",
         R"(5-9 fin text 16:0 "" !ws.length-not-minimal@6+3)"});
    add("64 bits where 7 or 16 do", Role::Server, R"(81 7f 0000000000000001 "a")",
        {R"(0-11 fin text 64:1 "a" !ws.length-not-minimal@1+9(1))"});
    add("65535 in 64 bits", Role::Server, "81 7f 000000000000ffff",
        {R"(0-10 fin text 64:65535 "" cut !ws.length-not-minimal@1+9(65535))",
         "0-10 truncated fin text 64:65535 !ws.truncated-frame@0+10(65535)"});
    add("fragmented ping", Role::Server, R"(09 01 "a")", {R"(0-3 ping 1 "a" !ws.control-fragmented@0+1)"});
    add("long ping", Role::Server, R"(89 7e 007e "x"*126)",
        {"0-130 fin ping 16:126 (126 bytes) !ws.control-too-long@1+3(126)"});
    add("close with a short length in long form", Role::Server, "88 7e 0002 03e8",
        {"0-6 fin close 16:2 03e8 !ws.length-not-minimal@1+3(2)"});
    add("high bit", Role::Server, R"(82 7f 8000000000000001 "ab")",
        {R"(0-12 fin binary 64:9223372036854775809 "ab" cut !ws.length-high-bit@2+1)"
         " !ws.frame-too-large@1+9(9223372036854775807)",
         "0-12 truncated fin binary 64:9223372036854775809 !ws.truncated-frame@0+12(9223372036854775807)"});
    add("largest length", Role::Server, R"(82 7f 7fffffffffffffff "ab")",
        {R"(0-12 fin binary 64:9223372036854775807 "ab" cut !ws.frame-too-large@1+9(9223372036854775807))",
         "0-12 truncated fin binary 64:9223372036854775807 !ws.truncated-frame@0+12(9223372036854775805)"});
    add("everything at once", Role::Server, R"(7e fe 0001 00000000 "a")",
        {R"(0-9 rsv7 reserved-14 mask=00000000 16:1 "a" !ws.reserved-bits@0+1(7) !ws.reserved-opcode@0+1(14))"
         " !ws.control-fragmented@0+1 !ws.masked-by-server@1+1 !ws.length-not-minimal@1+3(1)"});
    add("an HTTP answer", Role::Server, R"("HTTP/1.1")",
        {"0-8 rsv4 close 84 \"TP/1.1\" cut !ws.reserved-bits@0+1(4) !ws.control-fragmented@0+1",
         "0-8 truncated rsv4 close 84 !ws.truncated-frame@0+8(78)"});
}

void addCuts()
{
    add("one byte of a header", Role::Server, "81", {"0-1 truncated fin text 0 !ws.truncated-frame@0+1(1)"});
    add("cut in the length", Role::Server, "81 7e 01", {"0-3 truncated fin text 16:0 !ws.truncated-frame@0+3(1)"});
    add("cut in the long length", Role::Server, "81 ff 0102",
        {"0-4 truncated fin text mask=00000000 64:0 !ws.truncated-frame@0+4(10)"});
    add("cut in the masking key", Role::Client, "81 85 3711",
        {"0-4 truncated fin text mask=00000000 5 !ws.truncated-frame@0+4(7)"});
    add("cut before the payload", Role::Server, "81 05",
        {R"(0-2 fin text 5 "" cut)", "0-2 truncated fin text 5 !ws.truncated-frame@0+2(5)"});
    add("cut in the payload, after a whole frame", Role::Server, R"(81 01 "a" 81 05 "Hel")",
        {R"(0-3 fin text 1 "a")", R"(3-8 fin text 5 "Hel" cut)",
         "3-8 truncated fin text 5 !ws.truncated-frame@3+5(2)"});
}

} // namespace

void WsFrameDecoderTest::decodes_data()
{
    QTest::addColumn<int>("sender");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("lines");
    addExamplesOfTheStandard();
    addHeaders();
    addViolations();
    addCuts();
}

void WsFrameDecoderTest::decodes()
{
    QFETCH(int, sender);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, lines);
    forEachCut(bytesOf(input.toStdString()), [&](const std::vector<ByteView> &parts) {
        QCOMPARE(showFrames(parts, static_cast<Role>(sender)), lines);
    });
}

void WsFrameDecoderTest::goesOnBehindAFrameAboveTheLimit()
{
    const Bytes input = bytesOf(R"(82 7e 0080 "x"*128 82 7e 0081 "x"*129 81 01 "a")");
    forEachCut(input, [](const std::vector<ByteView> &parts) {
        QCOMPARE(showFrames(parts, Role::Server, 128),
                 QByteArray("0-132 fin binary 16:128 (128 bytes)\n"
                            "132-265 fin binary 16:129 (129 bytes) !ws.frame-too-large@133+3(129)\n"
                            "265-268 fin text 1 \"a\"\n"));
        QVERIFY(showFrames(parts, Role::Server, 0).endsWith("265-268 fin text 1 \"a\" !ws.frame-too-large@266+1(1)\n"));
    });
}

void WsFrameDecoderTest::allowsNegotiatedBits()
{
    const Bytes input = bytesOf(R"(c1 01 "a" e1 01 "b")");
    forEachCut(input, [](const std::vector<ByteView> &parts) {
        QCOMPARE(showFrames(parts, Role::Server, 1024, 4),
                 QByteArray("0-3 fin rsv4 text 1 \"a\"\n3-6 fin rsv6 text 1 \"b\" !ws.reserved-bits@3+1(6)\n"));
    });
}

void WsFrameDecoderTest::handsOutAWholeFrameAtOnce()
{
    const Bytes input = bytesOf(R"(81 05 "Hello" 81 00)");
    WsFrameDecoder decoder(Role::Server);
    WsFrameFact fact;
    decoder.feed(input);
    QVERIFY(decoder.next(fact));
    QCOMPARE(fact.kind, WsFrameFact::Kind::Frame);
    QVERIFY(fact.complete);
    QCOMPARE(static_cast<const void *>(fact.payload.data()), static_cast<const void *>(input.data() + 2));
    QCOMPARE(fact.payload.size(), 5u);
    QVERIFY(decoder.next(fact));
    QCOMPARE(fact.range, (ByteRange{7, 9}));
    QVERIFY(fact.complete);
    QVERIFY(!decoder.next(fact));
    decoder.finish();
    QVERIFY(!decoder.next(fact));
}

void WsFrameDecoderTest::handsOutALargeFrameInParts()
{
    const Bytes first = bytesOf(R"(82 7e 0100 "x"*100)");
    const Bytes second(150, 'x');
    const Bytes third = Bytes(6, 'x') + bytesOf("89 00");
    WsFrameDecoder decoder(Role::Server);
    WsFrameFact fact;
    decoder.feed(first);
    QVERIFY(decoder.next(fact));
    QCOMPARE(fact.kind, WsFrameFact::Kind::Frame);
    QCOMPARE(fact.range, (ByteRange{0, 104}));
    QVERIFY(!fact.complete);
    QVERIFY(!decoder.next(fact));
    decoder.feed(second);
    QVERIFY(decoder.next(fact));
    QCOMPARE(fact.kind, WsFrameFact::Kind::Payload);
    QCOMPARE(fact.range, (ByteRange{104, 254}));
    QCOMPARE(fact.payloadOffset, 100u);
    QVERIFY(!fact.complete);
    QVERIFY(!decoder.next(fact));
    decoder.feed(third);
    QVERIFY(decoder.next(fact));
    QCOMPARE(fact.range, (ByteRange{254, 260}));
    QVERIFY(fact.complete);
    QVERIFY(decoder.next(fact));
    QCOMPARE(fact.header.opcode, WsOpcode::Ping);
    QVERIFY(!decoder.next(fact));
}

/// A frame is known as soon as its header is: its record comes before what it carries.
void WsFrameDecoderTest::handsOutAHeaderWithoutPayload()
{
    WsFrameDecoder decoder(Role::Client);
    WsFrameFact fact;
    decoder.feed(ByteView("\x81\x85\x01\x02\x03", 5));
    QVERIFY(!decoder.next(fact));
    decoder.feed(ByteView("\x04", 1));
    QVERIFY(decoder.next(fact));
    QCOMPARE(fact.kind, WsFrameFact::Kind::Frame);
    QCOMPARE(fact.range, (ByteRange{0, 6}));
    QVERIFY(!fact.complete);
    QVERIFY(!decoder.next(fact));
}

void WsFrameDecoderTest::tellsWhatIsPending()
{
    WsFrameDecoder decoder(Role::Server);
    WsFrameFact fact;
    const Bytes input = bytesOf(R"(81 01 "a" 81 05 "Hello")");
    QByteArray pending;
    for (const char &byte : input) {
        decoder.feed(ByteView(&byte, 1));
        while (decoder.next(fact)) {
        }
        pending += QByteArray::number(static_cast<int>(decoder.pendingBytes())) + ' ';
    }
    QCOMPARE(pending, QByteArray("1 2 0 1 2 3 4 5 6 0 "));
}

void WsFrameDecoderTest::countsBeyondFourGigabytes()
{
    WsFrameDecoder decoder(Role::Server);
    WsFrameFact fact;
    const Bytes header = bytesOf("82 7f 0000000140000000");
    decoder.feed(header);
    QVERIFY(decoder.next(fact));
    QVERIFY(!decoder.next(fact));
    const Bytes part(1 << 20, 'x');
    for (int i = 0; i < 5 * 1024; ++i) {
        decoder.feed(part);
        QVERIFY(decoder.next(fact));
        QVERIFY(!decoder.next(fact));
    }
    QVERIFY(fact.complete);
    QCOMPARE(fact.range.end, 0x14000000Aull);
    QCOMPARE(decoder.pendingBytes(), 0u);
}

PUSHSCOPE_TEST(WsFrameDecoderTest)
#include "wsframedecodertest.moc"
