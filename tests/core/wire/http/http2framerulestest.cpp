#include "core/wire/http/http2framerules.h"

#include "tests/core/wire/ws/wstext.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>

using namespace pushscope;

namespace {

using Type = Http2FrameType;
constexpr std::uint64_t begin = 100;

/// Every length up to 20, as ranges: "0-3 5-20".
std::string lengthsTaken(Type type, std::uint8_t flags)
{
    std::string text;
    bool wasTaken = false;
    for (std::uint32_t length = 0; length <= 21; ++length) {
        std::vector<Finding> findings;
        inspectHttp2Header({.length = length, .type = type, .flags = flags, .stream = 1}, Role::Server, begin,
                           findings);
        const bool isTaken = length <= 20 && std::none_of(findings.begin(), findings.end(), [](const Finding &finding) {
                                 return finding.rule == Rule::Http2FrameLength;
                             });
        if (isTaken && !wasTaken)
            text += (text.empty() ? "" : " ") + std::to_string(length) + '-';
        if (!isTaken && wasTaken)
            text += std::to_string(length - 1);
        wasTaken = isTaken;
    }
    return text;
}

bool isStreamTaken(Type type, std::uint32_t stream, Role sender)
{
    std::vector<Finding> findings;
    inspectHttp2Header({.length = 8, .type = type, .stream = stream}, sender, begin, findings);
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding &finding) { return finding.rule == Rule::Http2WrongStream; });
}

QByteArray payloadFindings(const Http2FrameHeader &frame, std::string_view notation, Role sender = Role::Server)
{
    const Bytes payload = test::bytesOf(notation);
    Http2FrameHeader header = frame;
    header.length = static_cast<std::uint32_t>(payload.size());
    std::vector<Finding> findings;
    inspectHttp2Payload(header, parseHttp2Payload(header, payload), sender, begin, findings);
    return test::show(findings).trimmed();
}

} // namespace

class Http2FrameRulesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lengths();
    void streams();
    void headersThatOnlySaySomething();
    void settings();
    void otherPayloads();
    void padding();
};

void Http2FrameRulesTest::lengths()
{
    constexpr std::uint8_t padded = Http2Flag::Padded;
    constexpr std::uint8_t both = Http2Flag::Padded | Http2Flag::Priority;
    QCOMPARE(lengthsTaken(Type::Data, 0), std::string("0-20"));
    QCOMPARE(lengthsTaken(Type::Data, padded), std::string("1-20"));
    QCOMPARE(lengthsTaken(Type::Headers, 0), std::string("0-20"));
    QCOMPARE(lengthsTaken(Type::Headers, both), std::string("6-20"));
    QCOMPARE(lengthsTaken(Type::PushPromise, padded), std::string("5-20"));
    QCOMPARE(lengthsTaken(Type::Priority, 0), std::string("5-5"));
    QCOMPARE(lengthsTaken(Type::RstStream, 0), std::string("4-4"));
    QCOMPARE(lengthsTaken(Type::Settings, 0), std::string("0-0 6-6 12-12 18-18"));
    QCOMPARE(lengthsTaken(Type::Settings, Http2Flag::Ack), std::string("0-0"));
    QCOMPARE(lengthsTaken(Type::Ping, Http2Flag::Ack), std::string("8-8"));
    QCOMPARE(lengthsTaken(Type::Goaway, 0), std::string("8-20"));
    QCOMPARE(lengthsTaken(Type::WindowUpdate, 0), std::string("4-4"));
    QCOMPARE(lengthsTaken(Type::Continuation, padded), std::string("0-20"));
    QCOMPARE(lengthsTaken(Type::Altsvc, 0), std::string("2-20"));
    QCOMPARE(lengthsTaken(Type::Origin, 0), std::string("0-20"));
    QCOMPARE(lengthsTaken(Type::PriorityUpdate, 0), std::string("4-20"));
    QCOMPARE(lengthsTaken(static_cast<Type>(0x99), padded), std::string("0-20"));
}

void Http2FrameRulesTest::streams()
{
    std::string text;
    for (unsigned value = 0; value <= 0x10; ++value) {
        const auto type = static_cast<Type>(value);
        if (word(type).empty())
            continue;
        text += word(type);
        for (const std::uint32_t stream : {0u, 1u}) {
            for (const Role sender : {Role::Client, Role::Server}) {
                if (isStreamTaken(type, stream, sender))
                    text += (sender == Role::Client ? " client:" : " server:") + std::to_string(stream);
            }
        }
        text += '\n';
    }
    QCOMPARE(text.c_str(), "DATA client:1 server:1\nHEADERS client:1 server:1\nPRIORITY client:1 server:1\n"
                           "RST_STREAM client:1 server:1\nSETTINGS client:0 server:0\nPUSH_PROMISE server:1\n"
                           "PING client:0 server:0\nGOAWAY client:0 server:0\n"
                           "WINDOW_UPDATE client:0 server:0 client:1 server:1\nCONTINUATION client:1 server:1\n"
                           "ALTSVC client:0 server:0 client:1 server:1\nORIGIN client:0 server:0\n"
                           "PRIORITY_UPDATE client:0\n");
}

void Http2FrameRulesTest::headersThatOnlySaySomething()
{
    std::vector<Finding> findings;
    inspectHttp2Header({.type = static_cast<Type>(0xb), .reserved = true}, Role::Client, begin, findings);
    QCOMPARE(test::show(findings).trimmed().constData(), "!http2.unknown-frame@103+1(11) !http2.reserved-bit@105+1");
    findings.clear();
    inspectHttp2Header({.length = 5, .type = Type::Ping, .stream = 3}, Role::Client, begin, findings);
    QCOMPARE(test::show(findings).trimmed().constData(), "!http2.frame-length@100+3(5) !http2.wrong-stream@105+4");
}

void Http2FrameRulesTest::settings()
{
    const Http2FrameHeader frame{.type = Type::Settings};
    const auto of = [&](std::string_view notation, Role sender) { return payloadFindings(frame, notation, sender); };
    for (const Role sender : {Role::Client, Role::Server}) {
        QCOMPARE(of("0001 ffffffff 0002 00000000 0003 00000000 0004 7fffffff 0005 00004000 0005 00ffffff "
                    "0006 00000000 0008 00000001 0009 00000001",
                    sender)
                     .constData(),
                 "");
        QCOMPARE(of("0004 80000000", sender).constData(), "!http2.setting-value@109+6(2147483648)");
        QCOMPARE(of("0003 00000001 0005 00003fff", sender).constData(), "!http2.setting-value@115+6(16383)");
        QCOMPARE(of("0005 01000000", sender).constData(), "!http2.setting-value@109+6(16777216)");
        QCOMPARE(of("0008 00000002", sender).constData(), "!http2.setting-value@109+6(2)");
        QCOMPARE(of("0009 00000002", sender).constData(), "!http2.setting-value@109+6(2)");
        QCOMPARE(of("0002 00000002 fafa 00000000 fafb 00000000 0008 00000003", sender).constData(),
                 "!http2.setting-value@109+6(2) !http2.unknown-setting@115+2(64250)");
    }
    QCOMPARE(of("0002 00000001", Role::Client).constData(), "");
    QCOMPARE(of("0002 00000001", Role::Server).constData(), "!http2.setting-value@109+6(1)");
}

void Http2FrameRulesTest::otherPayloads()
{
    QCOMPARE(payloadFindings({.type = Type::WindowUpdate}, "00000001").constData(), "");
    QCOMPARE(payloadFindings({.type = Type::WindowUpdate}, "80000000").constData(), "!http2.increment-zero@109+4");
    QCOMPARE(payloadFindings({.type = Type::Priority, .stream = 3}, "80000003 00").constData(),
             "!http2.self-dependency@109+4");
    QCOMPARE(payloadFindings({.type = Type::Priority, .stream = 3}, "00000001 00").constData(), "");
    constexpr std::uint8_t both = Http2Flag::Padded | Http2Flag::Priority;
    QCOMPARE(payloadFindings({.type = Type::Headers, .flags = both, .stream = 3}, "00 00000003 00").constData(),
             "!http2.self-dependency@110+4");
    QCOMPARE(payloadFindings({.type = Type::PushPromise, .stream = 1}, "00000000 82").constData(),
             "!http2.wrong-stream@109+4");
    QCOMPARE(payloadFindings({.type = Type::PriorityUpdate}, "00000000 75").constData(), "!http2.wrong-stream@109+4");
}

void Http2FrameRulesTest::padding()
{
    constexpr std::uint8_t both = Http2Flag::Padded | Http2Flag::Priority;
    QCOMPARE(payloadFindings({.type = Type::Headers, .flags = Http2Flag::Padded, .stream = 1}, "02 0000").constData(),
             "");
    QCOMPARE(payloadFindings({.type = Type::Headers, .flags = Http2Flag::Padded, .stream = 1}, "03 0000").constData(),
             "!http2.padding-too-long@109+1(3)");
    QCOMPARE(payloadFindings({.type = Type::Headers, .flags = both, .stream = 1}, "02 00000003 00 00").constData(),
             "!http2.padding-too-long@109+1(2)");
    QVERIFY(isPaddingTooLong({.length = 1, .type = Type::Data, .flags = Http2Flag::Padded}, 1));
    QVERIFY(!isPaddingTooLong({.length = 1, .type = Type::Data, .flags = Http2Flag::Padded}, 0));
    QCOMPARE(paddingTooLong(begin, 7), (Finding{Rule::Http2PaddingTooLong, 109, 1, 7}));
}

PUSHSCOPE_TEST(Http2FrameRulesTest)
#include "http2framerulestest.moc"
