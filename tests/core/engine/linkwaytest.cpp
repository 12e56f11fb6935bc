#include "core/engine/linkway.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class LinkWayTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mayBecomeHttp2();
    void sharesWithTheSameOriginOnly();
    void lendsAWebSocketWhatIsOpen();
};

namespace {

LinkWay secureWay()
{
    LinkWay way;
    way.url = *parseUrl("https://example.test/events");
    way.route = {"example.test", 443, {}, {}};
    way.tlsOptions.alpn = {"h2", "http/1.1"};
    return way;
}

} // namespace

void LinkWayTest::mayBecomeHttp2()
{
    LinkWay way = secureWay();
    QVERIFY(pushscope::mayBecomeHttp2(way));
    way.tlsOptions.alpn = {"http/1.1"};
    QVERIFY(!pushscope::mayBecomeHttp2(way));
    way.url = *parseUrl("http://example.test/events");
    QVERIFY(!pushscope::mayBecomeHttp2(way));
    way.http = HttpChoice::Http2;
    QVERIFY(pushscope::mayBecomeHttp2(way));
}

void LinkWayTest::sharesWithTheSameOriginOnly()
{
    const LinkWay way = secureWay();
    QVERIFY(mayShare(way, way));
    const auto refuses = [&way](auto change) {
        LinkWay other = way;
        change(other);
        return !mayShare(other, way) && !mayShare(way, other);
    };
    QVERIFY(refuses([](LinkWay &other) { other.route.port = 444; }));
    QVERIFY(refuses([](LinkWay &other) { other.route.host = "example.net"; }));
    QVERIFY(refuses([](LinkWay &other) { other.route.address = "192.0.2.1"; }));
    QVERIFY(refuses([](LinkWay &other) { other.route.proxy.kind = ProxyOptions::Kind::Socks5; }));
    QVERIFY(refuses([](LinkWay &other) { other.tlsOptions.certificateFile = "me.pem"; }));
    QVERIFY(refuses([](LinkWay &other) { other.tlsOptions.insecure = true; }));
    QVERIFY(refuses([](LinkWay &other) { other.sharing.ownConnection = true; }));
    QVERIFY(refuses([](LinkWay &other) { other.sharing.enablePush = true; }));
    QVERIFY(refuses([](LinkWay &other) { other.tlsOptions.alpn = {"http/1.1"}; }));
    LinkWay path = way;
    path.url = *parseUrl("https://example.test/other");
    path.tlsOptions.alpn = {"h2"};
    QVERIFY(mayShare(path, way));
}

void LinkWayTest::lendsAWebSocketWhatIsOpen()
{
    const LinkWay open = secureWay();
    LinkWay webSocket = secureWay();
    webSocket.url = *parseUrl("wss://example.test/ws");
    webSocket.webSocket = true;
    webSocket.tlsOptions.alpn = {"http/1.1"};
    QVERIFY(mayShare(webSocket, open));
    QVERIFY(!mayShare(open, webSocket));
    webSocket.http = HttpChoice::Http11;
    QVERIFY(!mayShare(webSocket, open));
}

PUSHSCOPE_TEST(LinkWayTest)
#include "linkwaytest.moc"
