#include "core/demo/websocketopening.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <memory>

using namespace pushscope;
using namespace pushscope::demo;

class WebSocketOpeningTest : public QObject
{
    Q_OBJECT

private:
    static Request extendedConnect(const std::string &protocol, const Headers &fields)
    {
        auto head = std::make_shared<HttpHead>();
        head->version = HttpVersion::Http2;
        head->method = "CONNECT";
        head->target = "/ws/echo";
        head->headers = {{":method", "CONNECT"}, {":protocol", protocol}, {":authority", "localhost"}};
        for (const HeaderField &field : fields)
            head->headers.add(field.name, field.value);
        return makeRequest(std::move(head));
    }

private Q_SLOTS:
    void readsUpgrades()
    {
        auto head = std::make_shared<HttpHead>();
        head->method = "GET";
        head->target = "/ws/echo";
        head->headers = {{"Host", "localhost"},
                         {"Upgrade", "websocket"},
                         {"Connection", "Upgrade"},
                         {"Sec-WebSocket-Version", "13"},
                         {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
        const auto offer = readOpening(makeRequest(std::move(head)));
        QVERIFY(offer.hasValue());
        QCOMPARE(offer->key, std::string("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    void readsExtendedConnects()
    {
        const auto offer = readOpening(extendedConnect(
            "WebSocket",
            {{"sec-websocket-version", "13"}, {"sec-websocket-protocol", "a, b"}, {"origin", "http://x"}}));
        QVERIFY(offer.hasValue());
        QCOMPARE(offer->subprotocols, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(offer->origin, std::string("http://x"));
        QVERIFY(offer->key.empty());
    }

    void refusesOtherVersionsAndProtocols()
    {
        const auto version = readOpening(extendedConnect("websocket", {{"sec-websocket-version", "8"}}));
        QVERIFY(!version.hasValue());
        QCOMPARE(version.error().status, 400);
        QVERIFY(version.error().headers.contains("Sec-WebSocket-Version"));
        QCOMPARE(readOpening(extendedConnect("connect-udp", {})).error().status, 405);
    }
};

PUSHSCOPE_TEST(WebSocketOpeningTest)
#include "websocketopeningtest.moc"
