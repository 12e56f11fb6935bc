#include "core/wire/ws/wsframeencoder.h"

#include "core/wire/ws/wsframedecoder.h"
#include "tests/core/wire/ws/wstext.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace pushscope;
using namespace pushscope::test;

class WsFrameEncoderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void encodes_data();
    void encodes();
    void writesClosePayloads();
    void decodesBackToTheSame();
};

namespace {

using Key = std::array<std::uint8_t, 4>;

void add(const char *name, const WsFrameSpec &spec, const char *bytes)
{
    QTest::newRow(name) << QByteArray::fromStdString(encodeWsFrame(spec)).toHex(' ')
                        << QByteArray::fromStdString(bytesOf(bytes)).toHex(' ');
}

WsFrameSpec spec(WsOpcode opcode, Bytes payload)
{
    WsFrameSpec result;
    result.opcode = opcode;
    result.payload = std::move(payload);
    return result;
}

} // namespace

void WsFrameEncoderTest::encodes_data()
{
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<QByteArray>("expected");

    add("5.7 unmasked text", spec(WsOpcode::Text, "Hello"), R"(81 05 "Hello")");
    WsFrameSpec masked = spec(WsOpcode::Text, "Hello");
    masked.maskingKey = Key{0x37, 0xfa, 0x21, 0x3d};
    add("5.7 masked text", masked, "81 85 37fa213d 7f9f4d5158");
    WsFrameSpec fragment = spec(WsOpcode::Text, "Hel");
    fragment.fin = false;
    add("5.7 first fragment", fragment, R"(01 03 "Hel")");
    add("5.7 last fragment", spec(WsOpcode::Continuation, "lo"), R"(80 02 "lo")");
    add("5.7 ping", spec(WsOpcode::Ping, "Hello"), R"(89 05 "Hello")");
    add("5.7 256 bytes", spec(WsOpcode::Binary, Bytes(256, 'z')), R"(82 7e 0100 "z"*256)");
    add("5.7 64 KiB", spec(WsOpcode::Binary, Bytes(65536, 'z')), R"(82 7f 0000000000010000 "z"*65536)");
    add("empty", spec(WsOpcode::Binary, ""), "82 00");
    add("125 bytes", spec(WsOpcode::Binary, Bytes(125, 'z')), R"(82 7d "z"*125)");
    add("126 bytes", spec(WsOpcode::Binary, Bytes(126, 'z')), R"(82 7e 007e "z"*126)");
    add("65535 bytes", spec(WsOpcode::Binary, Bytes(65535, 'z')), R"(82 7e ffff "z"*65535)");

    WsFrameSpec illegal = spec(static_cast<WsOpcode>(11), "a");
    illegal.fin = false;
    illegal.rsv = 5;
    add("reserved bits and opcode", illegal, R"(5b 01 "a")");
    WsFrameSpec longForm = spec(WsOpcode::Close, "ab");
    longForm.lengthForm = WsLengthForm::Sixteen;
    add("16 bits where 7 do", longForm, R"(88 7e 0002 "ab")");
    longForm.lengthForm = WsLengthForm::SixtyFour;
    add("64 bits where 7 do", longForm, R"(88 7f 0000000000000002 "ab")");
    WsFrameSpec liar = spec(WsOpcode::Text, "ab");
    liar.announcedLength = 5;
    add("more announced than sent", liar, R"(81 05 "ab")");
    liar.announcedLength = 0x8000000000000002;
    add("high bit", liar, R"(81 7f 8000000000000002 "ab")");
    liar.announcedLength = 0;
    liar.maskingKey = Key{0, 0, 0, 1};
    add("less announced than sent", liar, R"(81 80 00000001 "ab")");
    WsFrameSpec tooShort = spec(WsOpcode::Text, Bytes(300, 'a'));
    tooShort.lengthForm = WsLengthForm::Seven;
    add("7 bits for more", tooShort, R"(81 2c "a"*300)");
}

void WsFrameEncoderTest::encodes()
{
    QFETCH(QByteArray, encoded);
    QFETCH(QByteArray, expected);
    QCOMPARE(encoded, expected);
}

void WsFrameEncoderTest::writesClosePayloads()
{
    QCOMPARE(closePayload(1000, "bye"), bytesOf(R"(03e8 "bye")"));
    QCOMPARE(closePayload(4999, ""), bytesOf("1387"));
    QCOMPARE(closePayload(0, "bye"), Bytes());
}

/// Frames of every kind, legal and not, that a decoder must read back bit by bit.
void WsFrameEncoderTest::decodesBackToTheSame()
{
    std::mt19937 random(6455);
    const auto upTo = [&random](unsigned last) { return std::uniform_int_distribution<unsigned>(0, last)(random); };
    static constexpr unsigned sizes[]{0, 1, 2, 5, 125, 126, 127, 300, 65535, 65536, 70000};

    for (int round = 0; round < 300; ++round) {
        Bytes stream;
        std::vector<WsFrameSpec> sent;
        for (unsigned count = upTo(8); count > 0; --count) {
            const unsigned last = static_cast<unsigned>(std::size(sizes)) - (upTo(20) == 0 ? 1 : 4);
            WsFrameSpec frame = spec(static_cast<WsOpcode>(upTo(15)), Bytes(sizes[upTo(last)], '\0'));
            for (char &byte : frame.payload)
                byte = static_cast<char>(upTo(255));
            frame.fin = upTo(1) == 1;
            frame.rsv = static_cast<std::uint8_t>(upTo(7));
            if (upTo(1) == 1)
                frame.maskingKey =
                    Key{static_cast<std::uint8_t>(upTo(255)), 0, static_cast<std::uint8_t>(upTo(255)), 7};
            if (upTo(3) == 0)
                frame.lengthForm = frame.payload.size() < 65536 ? WsLengthForm::Sixteen : WsLengthForm::SixtyFour;
            stream += encodeWsFrame(frame);
            sent.push_back(std::move(frame));
        }

        WsFrameDecoder decoder(Role::Client);
        WsFrameFact fact;
        std::vector<WsFrameSpec> received;
        for (std::size_t at = 0; at < stream.size();) {
            const std::size_t size = 1 + upTo(100) * upTo(100);
            decoder.feed(ByteView(stream).substr(at, size));
            at += size;
            while (decoder.next(fact)) {
                if (fact.kind == WsFrameFact::Kind::Frame)
                    received.push_back(spec(fact.header.opcode, ""));
                WsFrameSpec &frame = received.back();
                frame.fin = fact.header.fin;
                frame.rsv = fact.header.rsv;
                Bytes part(fact.payload);
                if (fact.header.masked) {
                    frame.maskingKey = fact.header.maskingKey;
                    applyMask(part.data(), part.size(), fact.header.maskingKey, fact.payloadOffset);
                }
                frame.payload += part;
            }
        }
        QCOMPARE(decoder.pendingBytes(), 0u);
        QCOMPARE(received.size(), sent.size());
        for (std::size_t i = 0; i < sent.size(); ++i) {
            QCOMPARE(received[i].opcode, sent[i].opcode);
            QCOMPARE(received[i].fin, sent[i].fin);
            QCOMPARE(received[i].rsv, sent[i].rsv);
            QVERIFY(received[i].maskingKey == sent[i].maskingKey);
            QVERIFY(received[i].payload == sent[i].payload);
        }
    }
}

PUSHSCOPE_TEST(WsFrameEncoderTest)
#include "wsframeencodertest.moc"
