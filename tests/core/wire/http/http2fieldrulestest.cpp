#include "core/wire/http/http2fieldrules.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {

constexpr Http2BlockUse request{.sender = Role::Client};
constexpr Http2BlockUse lastOfClient{.sender = Role::Client, .endsStream = true};
constexpr Http2BlockUse answer{.sender = Role::Server};
constexpr Http2BlockUse lastOfServer{.sender = Role::Server, .endsStream = true};
constexpr Http2BlockUse promise{.sender = Role::Server, .isPromise = true};

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Each field takes ten bytes, so that a range's begin tells its place.
HpackBlock blockOf(const Fields &fields)
{
    HpackBlock block;
    std::uint64_t at = 0;
    for (const auto &[name, value] : fields) {
        block.fields.push_back({.name = name, .value = value, .range = {at, at + 10}});
        at += 10;
    }
    return block;
}

constexpr int fine = -1;
constexpr int missing = -2;

/// The number of the bad field.
int verdict(const HpackBlock &block, Http2BlockUse use)
{
    const auto bad = malformedPart(block, use);
    if (!bad)
        return fine;
    return bad->isEmpty() ? missing : static_cast<int>(bad->begin / 10);
}

Fields withGet(const Fields &more)
{
    Fields fields{{":method", "GET"}, {":scheme", "https"}, {":path", "/"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

} // namespace

class Http2FieldRulesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesAndValues();
    void pseudoHeaderFields();
    void requests();
    void answers();
    void trailers();
    void blocksInPart();
};

void Http2FieldRulesTest::namesAndValues()
{
    const auto of = [](const std::string &name, const std::string &value) {
        return verdict(blockOf(withGet({{name, value}})), request);
    };
    QCOMPARE(of("accept", "text/event-stream"), fine);
    QCOMPARE(of("x-\x7e!", ""), fine);
    QCOMPARE(of("x", "caf\xc3\xa9 \t tea"), fine);
    for (const char *name : {"", "Accept", "a b", "a:", "a\x7f", "caf\xc3\xa9", "a\n"})
        QCOMPARE(of(name, "1"), 3);
    QCOMPARE(of(std::string("a\0", 2), "1"), 3);
    for (const char *value : {" a", "a ", "\ta", "a\rb", "a\nb", " "})
        QCOMPARE(of("x", value), 3);
    QCOMPARE(of("x", std::string("a\0b", 3)), 3);

    for (const char *name : {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"})
        QCOMPARE(of(name, "x"), 3);
    QCOMPARE(of("te", "trailers"), fine);
    QCOMPARE(of("te", "gzip"), 3);
    QCOMPARE(verdict(blockOf({{":status", "200"}, {"te", "gzip"}}), answer), 1);
}

void Http2FieldRulesTest::pseudoHeaderFields()
{
    QCOMPARE(verdict(blockOf(withGet({{"a", "b"}, {":authority", "x"}})), request), 4);
    QCOMPARE(verdict(blockOf(withGet({{":method", "GET"}})), request), 3);
    QCOMPARE(verdict(blockOf(withGet({{":host", "x"}})), request), 3);
    QCOMPARE(verdict(blockOf(withGet({{":status", "200"}})), request), 3);
    QCOMPARE(verdict(blockOf(withGet({{":authority", "x "}})), request), 3);
    QCOMPARE(verdict(blockOf({{":status", "200"}, {":path", "/"}}), answer), 1);
    QCOMPARE(verdict(blockOf({{":status", "200"}, {":status", "200"}}), answer), 1);
}

void Http2FieldRulesTest::requests()
{
    QCOMPARE(verdict(blockOf(withGet({})), request), fine);
    QCOMPARE(verdict(blockOf(withGet({{":authority", "x"}})), promise), fine);
    QCOMPARE(verdict(blockOf({}), request), missing);
    QCOMPARE(verdict(blockOf({}), promise), missing);
    QCOMPARE(verdict(blockOf({{":scheme", "https"}, {":path", "/"}}), lastOfClient), missing);
    QCOMPARE(verdict(blockOf({{":method", "GET"}, {":path", "/"}}), request), missing);
    QCOMPARE(verdict(blockOf({{":method", "GET"}, {":scheme", "https"}}), request), missing);
    QCOMPARE(verdict(blockOf({{":method", "GET"}, {":scheme", "https"}, {":path", ""}}), request), missing);
    QCOMPARE(verdict(blockOf({{":method", "GET"}, {":scheme", "urn"}, {":path", ""}}), request), fine);

    QCOMPARE(verdict(blockOf({{":method", "CONNECT"}, {":authority", "x:1"}}), request), fine);
    QCOMPARE(verdict(blockOf({{":method", "CONNECT"}}), request), missing);
    QCOMPARE(verdict(blockOf({{":method", "CONNECT"}, {":authority", "x:1"}, {":path", "/"}}), request), missing);
    const Fields websocket{{":method", "CONNECT"}, {":protocol", "websocket"}, {":scheme", "https"}, {":path", "/"}};
    QCOMPARE(verdict(blockOf(websocket), request), fine);
    QCOMPARE(verdict(blockOf({websocket.begin(), websocket.end() - 1}), request), missing);
    QCOMPARE(verdict(blockOf(withGet({{":protocol", "websocket"}})), request), missing);
}

void Http2FieldRulesTest::answers()
{
    const auto of = [](const char *status, Http2BlockUse use) { return verdict(blockOf({{":status", status}}), use); };
    QCOMPARE(of("200", answer), fine);
    QCOMPARE(of("204", lastOfServer), fine);
    QCOMPARE(of("103", answer), fine);
    QCOMPARE(of("103", lastOfServer), 0);
    for (const char *status : {"101", "20", "2000", "", "2x0", "099"})
        QCOMPARE(of(status, answer), 0);
    QCOMPARE(verdict(blockOf({{"server", "x"}}), answer), missing);
}

void Http2FieldRulesTest::trailers()
{
    QCOMPARE(verdict(blockOf({{"checksum", "1"}}), lastOfServer), fine);
    QCOMPARE(verdict(blockOf({{"checksum", "1"}}), lastOfClient), fine);
    QCOMPARE(verdict(blockOf({}), lastOfServer), fine);
    QCOMPARE(verdict(blockOf({{"checksum", "1"}, {":status", "200"}}), lastOfServer), 1);
}

/// What is not there may be what was not decoded.
void Http2FieldRulesTest::blocksInPart()
{
    HpackBlock block = blockOf({{":method", "GET"}, {":method", "GET"}});
    block.error = "an index is in no table at byte 20";
    QCOMPARE(verdict(block, request), 1);
    block.fields.pop_back();
    QCOMPARE(verdict(block, request), fine);
    block.error.clear();
    QCOMPARE(verdict(block, request), missing);
    block.leftOut = 1;
    QCOMPARE(verdict(block, request), fine);
}

PUSHSCOPE_TEST(Http2FieldRulesTest)
#include "http2fieldrulestest.moc"
