#include "core/engine/request.h"

#include "core/wire/http/http1writer.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class RequestTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksAsAnEventSource();
    void sendsTheLastEventId_data();
    void sendsTheLastEventId();
    void takesTheUsersFieldsInTheirOrder();
    void saysHowLongABodyIs();
    void sendsCredentialsOfTheUrl();
    void asksAProxy();
};

namespace {

RequestShape shape(const char *url = "http://example.test:8080/events?x=1")
{
    RequestShape shape;
    shape.url = *parseUrl(url);
    return shape;
}

std::string text(const HttpHead &head)
{
    std::string bytes = writeHttp1Head(head);
    const std::string version = PUSHSCOPE_VERSION;
    if (const std::size_t at = bytes.find("pushscope/" + version); at != std::string::npos)
        bytes.replace(at, 10 + version.size(), "pushscope/V");
    return bytes;
}

} // namespace

void RequestTest::asksAsAnEventSource()
{
    QCOMPARE(text(eventSourceRequest(shape(), {})),
             std::string("GET /events?x=1 HTTP/1.1\r\nHost: example.test:8080\r\nAccept: "
                         "text/event-stream\r\nCache-Control: no-cache\r\n"
                         "User-Agent: pushscope/V\r\n\r\n"));
}

void RequestTest::sendsTheLastEventId_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("text") << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("UTF-8") << QByteArray("\xE2\x80\xA6") << QByteArray("\xE2\x80\xA6");
    QTest::newRow("trimmed") << QByteArray(" \ta b\t ") << QByteArray("a b");
    QTest::newRow("nothing but spaces") << QByteArray("  ") << QByteArray();
    QTest::newRow("long") << QByteArray(255, '<') << QByteArray(255, '<');
}

void RequestTest::sendsTheLastEventId()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, value);
    const HttpHead head = eventSourceRequest(shape(), id.toStdString());
    QCOMPARE(head.headers.contains("Last-Event-ID"), !value.isEmpty());
    QCOMPARE(std::string(head.headers.value("Last-Event-ID").value_or("")), value.toStdString());
    QCOMPARE(lastEventIdValue(id.toStdString()), ByteView(value.constData(), static_cast<std::size_t>(value.size())));
}

void RequestTest::takesTheUsersFieldsInTheirOrder()
{
    RequestShape wanted = shape();
    wanted.headers = {{"X-b", "1"},      {"accept", "*/*"}, {"HOST", "alias.test"},
                      {"Cookie", "a=b"}, {"Cookie", "c=d"}, {"User-Agent", "me"}};
    QCOMPARE(
        text(eventSourceRequest(wanted, "7")),
        std::string(
            "GET /events?x=1 HTTP/1.1\r\nHOST: alias.test\r\nCache-Control: no-cache\r\nLast-Event-ID: 7\r\nX-b: 1\r\n"
            "accept: */*\r\nCookie: a=b\r\nCookie: c=d\r\nUser-Agent: me\r\n\r\n"));
    const auto fields = webSocketFields(wanted);
    QCOMPARE(fields, wanted.headers);
    QCOMPARE(webSocketFields(shape()).size(), 1u);
}

void RequestTest::saysHowLongABodyIs()
{
    RequestShape wanted = shape();
    QVERIFY(!eventSourceRequest(wanted, {}).headers.contains("Content-Length"));
    wanted.body = "four";
    QCOMPARE(eventSourceRequest(wanted, {}).headers.combined("Content-Length"), std::string("4"));
    wanted.body.clear();
    wanted.method = "POST";
    QCOMPARE(eventSourceRequest(wanted, {}).headers.combined("Content-Length"), std::string("0"));
}

void RequestTest::sendsCredentialsOfTheUrl()
{
    RequestShape wanted = shape("http://Aladdin:open%20sesame@example.test/");
    QCOMPARE(eventSourceRequest(wanted, {}).headers.combined("Authorization"),
             std::string("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    wanted.headers = {{"authorization", "Bearer x"}};
    QCOMPARE(eventSourceRequest(wanted, {}).headers.combined("Authorization"), std::string("Bearer x"));
    QCOMPARE(webSocketFields(wanted).back(), (HeaderField{"authorization", "Bearer x"}));
}

void RequestTest::asksAProxy()
{
    ProxyOptions proxy;
    QCOMPARE(
        text(connectRequest(*parseUrl("https://example.test/x"), proxy)),
        std::string("CONNECT example.test:443 HTTP/1.1\r\nHost: example.test:443\r\nUser-Agent: pushscope/V\r\n\r\n"));
    proxy.user = "u";
    proxy.password = "p";
    const HttpHead head = connectRequest(*parseUrl("ws://[::1]:81/"), proxy);
    QCOMPARE(head.target, std::string("[::1]:81"));
    QCOMPARE(head.headers.combined("Proxy-Authorization"), std::string("Basic dTpw"));
}

PUSHSCOPE_TEST(RequestTest)
#include "requesttest.moc"
