#include "core/wire/http/http2frame.h"

#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <string>

using namespace pushscope;

namespace {

using Type = Http2FrameType;

std::string printed(ByteRange range)
{
    return std::to_string(range.begin) + '-' + std::to_string(range.end);
}

/// Every field that is there, in the order of the struct.
std::string printed(const Http2Payload &payload)
{
    std::string text;
    if (payload.padLength)
        text += "pad " + std::to_string(*payload.padLength) + ' ' + printed(payload.padding) + ' ';
    if (!payload.content.isEmpty())
        text += "content " + printed(payload.content) + ' ';
    if (payload.priority) {
        text += payload.priority->exclusive ? "exclusive " : "on ";
        text +=
            std::to_string(payload.priority->dependency) + " weight " + std::to_string(payload.priority->weight) + ' ';
    }
    if (payload.errorCode)
        text += errorText(*payload.errorCode) + ' ';
    for (const Http2SettingValue &setting : payload.settings)
        text += std::to_string(static_cast<unsigned>(setting.setting)) + '=' + std::to_string(setting.value) + ' ';
    for (const auto &[name, number] : {std::pair("promised", payload.promisedStream),
                                       {"last", payload.lastStream},
                                       {"increment", payload.increment},
                                       {"prioritized", payload.prioritizedStream}}) {
        if (number)
            text.append(name).append(1, ' ').append(std::to_string(*number)).append(1, ' ');
    }
    if (payload.opaque)
        text += "opaque " + std::to_string(*payload.opaque) + ' ';
    for (const ByteRange origin : payload.origins)
        text += "origin " + printed(origin) + ' ';
    return text.substr(0, text.empty() ? 0 : text.size() - 1);
}

} // namespace

class Http2FrameTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void numbersHaveWords();
    void headersAreReadAndWritten();
    void payloads_data();
    void payloads();
    void everyCutAndFlagIsSurvived();
};

void Http2FrameTest::numbersHaveWords()
{
    std::string types;
    for (unsigned value = 0; value < 256; ++value) {
        if (!word(static_cast<Type>(value)).empty())
            types += std::to_string(value) + ' ' + std::string(word(static_cast<Type>(value))) + '\n';
    }
    QCOMPARE(types.c_str(),
             "0 DATA\n1 HEADERS\n2 PRIORITY\n3 RST_STREAM\n4 SETTINGS\n5 PUSH_PROMISE\n6 PING\n7 GOAWAY\n"
             "8 WINDOW_UPDATE\n9 CONTINUATION\n10 ALTSVC\n12 ORIGIN\n16 PRIORITY_UPDATE\n");
    std::string settings;
    for (unsigned value = 0; value < 12; ++value)
        settings += std::string(word(static_cast<Http2Setting>(value))) + ' ';
    QCOMPARE(settings.c_str(),
             " HEADER_TABLE_SIZE ENABLE_PUSH MAX_CONCURRENT_STREAMS INITIAL_WINDOW_SIZE MAX_FRAME_SIZE "
             "MAX_HEADER_LIST_SIZE  ENABLE_CONNECT_PROTOCOL NO_RFC7540_PRIORITIES   ");
    for (unsigned value = 0; value <= 0xd; ++value) {
        const auto code = static_cast<Http2ErrorCode>(value);
        QCOMPARE(errorText(code), std::string(word(code)));
        QVERIFY(!word(code).empty() && meaning(code).size() > 10);
    }
    QCOMPARE(errorText(Http2ErrorCode::EnhanceYourCalm), std::string("ENHANCE_YOUR_CALM"));
    QCOMPARE(errorText(static_cast<Http2ErrorCode>(0xe)), std::string("0xe"));
    QCOMPARE(errorText(static_cast<Http2ErrorCode>(0xffffffff)), std::string("0xffffffff"));
    QVERIFY(meaning(static_cast<Http2ErrorCode>(0xe)).empty());
}

void Http2FrameTest::headersAreReadAndWritten()
{
    const Bytes wire("\x01\x02\x03\x01\x25\x80\x00\x00\x07", 9);
    const Http2FrameHeader header{.length = 0x010203,
                                  .type = Type::Headers,
                                  .flags = Http2Flag::EndStream | Http2Flag::EndHeaders | Http2Flag::Priority,
                                  .reserved = true,
                                  .stream = 7};
    QCOMPARE(parseHttp2FrameHeader(wire + "more"), header);
    QVERIFY(header.has(Http2Flag::Priority) && !header.has(Http2Flag::Padded));
    Bytes written;
    appendHttp2FrameHeader(written, header);
    QCOMPARE(written, wire);
    appendHttp2Frame(written, {.type = static_cast<Type>(0xfa), .stream = 0x7fffffff}, "abc");
    QCOMPARE(written.substr(9), Bytes("\0\0\3\xfa\0\x7f\xff\xff\xff"
                                      "abc",
                                      12));
}

void Http2FrameTest::payloads_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("flags");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<int>("missing"); // bytes that the header announces and that never came
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, Type type, int flags, const char *hex, const char *expected,
                        int missing = 0) {
        QTest::newRow(name) << static_cast<int>(type) << flags << QByteArray(hex) << missing << QByteArray(expected);
    };
    constexpr int padded = Http2Flag::Padded;
    row("data", Type::Data, 0, "616263", "content 0-3");
    row("data, empty", Type::Data, 0, "", "");
    row("data, padded", Type::Data, padded, "02 616263 0000", "pad 2 4-6 content 1-4");
    row("data, padding of no bytes", Type::Data, padded, "00 616263", "pad 0 4-4 content 1-4");
    row("data, padding only", Type::Data, padded, "03 000000", "pad 3 1-4");
    row("data, padding too long", Type::Data, padded, "04 000000", "pad 4 1-4");
    row("data, pad length missing", Type::Data, padded, "", "");
    row("data, padding cut", Type::Data, padded, "02 616263 00", "pad 2 4-5 content 1-4", 1);
    row("data, cut before its padding", Type::Data, padded, "02 6162", "pad 2 3-3 content 1-3", 3);
    row("headers", Type::Headers, 0, "828684", "content 0-3");
    row("headers, all of it", Type::Headers, padded | Http2Flag::Priority, "01 80000003 0f 82 00",
        "pad 1 7-8 content 6-7 exclusive 3 weight 16");
    row("headers, priority cut", Type::Headers, Http2Flag::Priority, "800000", "");
    row("headers, priority inside the padding", Type::Headers, padded | Http2Flag::Priority, "04 00000003 0f",
        "pad 4 2-6 on 3 weight 16");
    row("priority", Type::Priority, 0, "00000001 ff", "on 1 weight 256");
    row("priority, short", Type::Priority, 0, "00000001", "");
    row("rst_stream", Type::RstStream, 0, "00000008", "CANCEL");
    row("rst_stream, long", Type::RstStream, 0, "00000099 00", "0x99");
    row("settings", Type::Settings, 0, "0003 00000064 0004 0000ffff", "3=100 4=65535");
    row("settings, cut inside one", Type::Settings, 0, "0003 00000064 0004 00", "3=100");
    row("settings, unknown", Type::Settings, 0, "fafa 00000001", "64250=1");
    row("push_promise", Type::PushPromise, padded, "01 80000004 8286 00", "pad 1 7-8 content 5-7 promised 4");
    row("ping", Type::Ping, 0, "0102030405060708", "opaque 72623859790382856");
    row("ping, short", Type::Ping, 0, "01020304", "");
    row("goaway", Type::Goaway, 0, "00000005 0000000b 6279 65", "content 8-11 ENHANCE_YOUR_CALM last 5");
    row("goaway, cut", Type::Goaway, 0, "00000005 0000", "last 5", 2);
    row("window_update", Type::WindowUpdate, 0, "80000000", "increment 0");
    row("continuation", Type::Continuation, padded, "828684", "content 0-3");
    row("altsvc", Type::Altsvc, 0, "0003 612e62 683300", "content 5-8 origin 2-5");
    row("altsvc on its stream", Type::Altsvc, 0, "0000 6833", "content 2-4");
    row("altsvc, origin too long", Type::Altsvc, 0, "0030 6833", "");
    row("origin", Type::Origin, 0, "0001 61 0002 6263", "origin 2-3 origin 5-7");
    row("origin, second cut", Type::Origin, 0, "0001 61 0002 62", "origin 2-3");
    row("priority_update", Type::PriorityUpdate, 0, "00000003 753d30", "content 4-7 prioritized 3");
    row("unknown", static_cast<Type>(0xb), padded, "616263", "content 0-3");
}

void Http2FrameTest::payloads()
{
    QFETCH(int, type);
    QFETCH(int, flags);
    QFETCH(QByteArray, hex);
    QFETCH(int, missing);
    QFETCH(QByteArray, expected);
    const Bytes payload = QByteArray::fromHex(hex).toStdString();
    const Http2FrameHeader header{.length =
                                      static_cast<std::uint32_t>(payload.size()) + static_cast<std::uint32_t>(missing),
                                  .type = static_cast<Type>(type),
                                  .flags = static_cast<std::uint8_t>(flags),
                                  .stream = 1};
    QCOMPARE(printed(parseHttp2Payload(header, payload)).c_str(), expected.constData());
}

/// Ranges never leave what is there, whatever the header says.
void Http2FrameTest::everyCutAndFlagIsSurvived()
{
    Bytes payload;
    for (int i = 0; i < 40; ++i)
        payload += static_cast<char>(i * 37 % 11);
    for (unsigned type = 0; type < 0x12; ++type) {
        for (unsigned flags = 0; flags < 0x40; flags += 4) {
            for (std::size_t size = 0; size <= payload.size(); ++size) {
                for (const std::uint32_t length : {0u, 3u, 40u, 0xffffffu}) {
                    const Http2FrameHeader header{
                        .length = length, .type = static_cast<Type>(type), .flags = static_cast<std::uint8_t>(flags)};
                    const Http2Payload read = parseHttp2Payload(header, ByteView(payload).substr(0, size));
                    std::vector<ByteRange> ranges = read.origins;
                    ranges.insert(ranges.end(), {read.padding, read.content});
                    for (const ByteRange range : ranges)
                        QVERIFY(range.begin <= range.end && range.end <= std::min<std::size_t>(size, length));
                }
            }
        }
    }
}

PUSHSCOPE_TEST(Http2FrameTest)
#include "http2frametest.moc"
