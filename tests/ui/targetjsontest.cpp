#include "ui/targetjson.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class TargetJsonTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWas()
    {
        Target target;
        target.name = "orders";
        target.url = *parseUrl("wss://example.test:9443/orders?x=1");
        target.transport = TransportChoice::WebSocket;
        target.http = HttpChoice::Http2;
        target.sharing = {true, true, WhenFull::Queue};
        target.method = "POST";
        target.compressed = true;
        target.headers = {{"X-Name", "value"}};
        target.shelved = {{0, {"X-First", "later"}}, {1, {"X-Last", "never"}}};
        target.body = "{}";
        target.cookies = false;
        target.reconnection.maxAttempts = 4;
        target.reconnection.overrideTime = Milliseconds(250);
        target.timeouts.idle = Milliseconds(5000);
        target.limits.frameBytes = 3 * 1024 * 1024;
        target.limits.messageBytes = 5 * 1024 * 1024;
        target.tls.minimumVersion = 13;
        target.proxy = {ProxyOptions::Kind::Socks5, "proxy.test", 1080, "", ""};
        target.webSocket.subprotocols = {"a", "b"};
        target.resolve = {{"example.test", 9443, "::1"}};
        const auto kept = targetFromJson(toJson(target));
        QVERIFY(kept);
        QVERIFY(*kept == target);
        target.body = std::string("\x00\xFF", 2); // of a file
        target.bodyFile = "picture.png";
        QVERIFY(targetFromJson(toJson(target)) == target);
    }

    void secretsAreLeftOut()
    {
        Target target;
        target.url = *parseUrl("https://name:word@example.test/");
        target.headers = {{"authorization", "Bearer x"}, {"Cookie", "a=b"}, {"X-Api-Key", "k"}, {"Accept", "*/*"}};
        target.shelved = {{0, {"X-Token", "t"}}};
        target.tls.passphrase = "secret";
        target.tls.insecure = true;
        target.proxy.password = "secret";
        const auto kept = targetFromJson(toJson(target));
        QVERIFY(kept);
        QCOMPARE(kept->headers.size(), std::size_t(1));
        QVERIFY(kept->shelved.empty());
        QCOMPARE(kept->headers[0].name, std::string("Accept"));
        QVERIFY(kept->url.user.empty() && kept->url.password.empty() && kept->tls.passphrase.empty() &&
                kept->proxy.password.empty());
        QVERIFY(!kept->tls.insecure);
    }

    void rubbishIsNoTarget()
    {
        QVERIFY(!targetFromJson({}));
        QVERIFY(!targetFromJson({{QStringLiteral("url"), 5}}));
        const auto odd = targetFromJson({{QStringLiteral("url"), QStringLiteral("http://h/")},
                                         {QStringLiteral("transport"), 99},
                                         {QStringLiteral("proxyKind"), -7},
                                         {QStringLiteral("http"), 7},
                                         {QStringLiteral("whenFull"), -1},
                                         {QStringLiteral("headers"), QStringLiteral("x")}});
        QVERIFY(odd);
        QCOMPARE(odd->transport, TransportChoice::WebSocket);
        QCOMPARE(odd->proxy.kind, ProxyOptions::Kind::None);
        QCOMPARE(odd->http, HttpChoice::Http2);
        QCOMPARE(odd->sharing.whenFull, WhenFull::Connect);
        QVERIFY(odd->limits == Limits());
    }

    /// What was saved before there was HTTP/2.
    void missingMembersAreTheDefaults()
    {
        const auto old = targetFromJson({{QStringLiteral("url"), QStringLiteral("http://h/")}});
        Target expected;
        expected.url = *parseUrl("http://h/");
        QVERIFY(old && *old == expected);
    }
};

PUSHSCOPE_TEST(TargetJsonTest)
#include "targetjsontest.moc"
