#include "core/wire/ws/wshandshake.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class WsHandshakeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void computesAccept();
    void writesTheRequest();
    void putsUserFieldsInPlace();
    void checksAnswers_data();
    void checksAnswers();
    void answersMayBeUntidy();
    void agreesOnSubprotocolAndExtensions();
    void recognisesRequests();
    void readsOffers();
    void refusesOffers_data();
    void refusesOffers();
    void answersAreAccepted();
};

namespace {

constexpr auto sampleKey = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 section 1.3
constexpr auto sampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

Url chatUrl()
{
    return {"ws", "server.example.com", 8080, "/chat?room=1", "", ""};
}

QByteArray show(const Headers &headers)
{
    std::string lines;
    for (const HeaderField &field : headers)
        lines += field.name + ": " + field.value + '\n';
    return QByteArray::fromStdString(lines);
}

HttpHead sampleRequest()
{
    WebSocketOptions options;
    options.subprotocols = {"chat", "superchat"};
    HttpHead request = webSocketRequest(chatUrl(), options, {}, sampleKey);
    request.headers.add("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    return request;
}

HttpHead sampleAnswer()
{
    HttpHead answer;
    answer.isRequest = false;
    answer.status = 101;
    answer.reason = "Switching Protocols";
    answer.headers = {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Accept", sampleAccept}};
    return answer;
}

/// "ok", or the error's word, the Findings' words and the error's detail.
QByteArray show(const Expected<WsAgreement, WsRejection> &result)
{
    if (result)
        return "ok";
    std::string line(word(result.error().error.code));
    for (const Finding &finding : result.error().findings)
        line += ' ' + std::string(ruleInfo(finding.rule).id);
    return QByteArray::fromStdString(line + ": " + result.error().error.detail);
}

/// A field to set, or to remove when its value is "-".
using Change = std::pair<QByteArray, QByteArray>;

HttpHead changed(HttpHead head, const Change &change)
{
    if (change.second == "-")
        head.headers.remove(change.first.toStdString());
    else
        head.headers.set(change.first.toStdString(), change.second.toStdString());
    return head;
}

} // namespace

void WsHandshakeTest::computesAccept()
{
    QCOMPARE(webSocketAccept(sampleKey), std::string(sampleAccept));
}

void WsHandshakeTest::writesTheRequest()
{
    WebSocketOptions options;
    options.origin = "http://example.com";
    options.subprotocols = {"chat", "superchat"};
    const HttpHead request = webSocketRequest(chatUrl(), options, {{"X-Trace", "1"}}, sampleKey);
    QVERIFY(request.isRequest);
    QCOMPARE(request.method, std::string("GET"));
    QCOMPARE(request.target, std::string("/chat?room=1"));
    QCOMPARE(show(request.headers), QByteArray("Host: server.example.com:8080\n"
                                               "Upgrade: websocket\n"
                                               "Connection: Upgrade\n"
                                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
                                               "Sec-WebSocket-Version: 13\n"
                                               "Origin: http://example.com\n"
                                               "Sec-WebSocket-Protocol: chat, superchat\n"
                                               "X-Trace: 1\n"));
}

void WsHandshakeTest::putsUserFieldsInPlace()
{
    const HttpHead request = webSocketRequest(
        chatUrl(), {},
        {{"Cookie", "a=1"}, {"host", "other"}, {"Cookie", "b=2"}, {"Sec-WebSocket-Version", "8"}, {"HOST", "again"}},
        sampleKey);
    QCOMPARE(show(request.headers), QByteArray("host: other\n"
                                               "Upgrade: websocket\n"
                                               "Connection: Upgrade\n"
                                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
                                               "Sec-WebSocket-Version: 8\n"
                                               "Cookie: a=1\n"
                                               "Cookie: b=2\n"
                                               "HOST: again\n"));
}

void WsHandshakeTest::checksAnswers_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("result");
    const QByteArray badUpgrade = "ws.handshake ws.bad-upgrade: ";
    const QByteArray badAccept = "ws.handshake ws.bad-accept: ";
    QTest::newRow("as it should be") << Change("Upgrade", "websocket") << QByteArray("ok");
    QTest::newRow("case of Upgrade") << Change("Upgrade", "WebSocket") << QByteArray("ok");
    QTest::newRow("Connection is a list") << Change("connection", "keep-alive, UPGRADE") << QByteArray("ok");
    QTest::newRow("no Upgrade") << Change("Upgrade", "-")
                                << badUpgrade + "the answer's Upgrade field is \"\", not websocket";
    QTest::newRow("another Upgrade") << Change("Upgrade", "h2c")
                                     << badUpgrade + "the answer's Upgrade field is \"h2c\", not websocket";
    QTest::newRow("no Connection") << Change("Connection", "-")
                                   << badUpgrade + "the answer's Connection field is \"\", not Upgrade";
    QTest::newRow("another Connection") << Change("Connection", "close")
                                        << badUpgrade + "the answer's Connection field is \"close\", not Upgrade";
    QTest::newRow("no accept") << Change("Sec-WebSocket-Accept", "-")
                               << badAccept + "the answer's Sec-WebSocket-Accept is \"\", the key asks for \"" +
                                      sampleAccept + '"';
    QTest::newRow("accept in another case")
        << Change("Sec-WebSocket-Accept", QByteArray(sampleAccept).toUpper())
        << badAccept + "the answer's Sec-WebSocket-Accept is \"" + QByteArray(sampleAccept).toUpper() +
               "\", the key asks for \"" + sampleAccept + '"';
    QTest::newRow("subprotocol") << Change("Sec-WebSocket-Protocol", "superchat") << QByteArray("ok");
    const QByteArray badProtocol = "ws.handshake ws.subprotocol-not-offered: the server chose subprotocol ";
    QTest::newRow("other subprotocol") << Change("Sec-WebSocket-Protocol", "soap")
                                       << badProtocol + "\"soap\", which was not offered";
    QTest::newRow("subprotocol in another case")
        << Change("Sec-WebSocket-Protocol", "CHAT") << badProtocol + "\"CHAT\", which was not offered";
    QTest::newRow("two subprotocols") << Change("Sec-WebSocket-Protocol", "chat, superchat")
                                      << badProtocol + "\"chat, superchat\", which was not offered";
    QTest::newRow("empty subprotocol") << Change("Sec-WebSocket-Protocol", "")
                                       << badProtocol + "\"\", which was not offered";
    QTest::newRow("extension") << Change("Sec-WebSocket-Extensions", "permessage-deflate ; server_no_context_takeover")
                               << QByteArray("ok");
    QTest::newRow("other extension")
        << Change("Sec-WebSocket-Extensions", "permessage-deflate, x-other; a=1")
        << QByteArray("ws.handshake ws.extension-not-offered: the server chose extension \"x-other\", "
                      "which was not offered");
}

void WsHandshakeTest::checksAnswers()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, result);
    QCOMPARE(show(checkWebSocketAnswer(sampleRequest(), changed(sampleAnswer(), change))), result);
}

void WsHandshakeTest::answersMayBeUntidy()
{
    HttpHead answer = sampleAnswer();
    answer.status = 404;
    answer.reason = "Not Found";
    QCOMPARE(show(checkWebSocketAnswer(sampleRequest(), answer)),
             QByteArray("http.status: the server answered 404 Not Found instead of 101 Switching Protocols"));
    answer.status = 200;
    answer.reason.clear();
    QCOMPARE(show(checkWebSocketAnswer(sampleRequest(), answer)),
             QByteArray("http.status: the server answered 200 instead of 101 Switching Protocols"));
    answer = sampleAnswer();
    answer.headers.add("Sec-WebSocket-Accept", sampleAccept);
    QVERIFY(show(checkWebSocketAnswer(sampleRequest(), answer)).startsWith("ws.handshake ws.bad-accept"));
    QVERIFY(show(checkWebSocketAnswer({}, sampleAnswer())).startsWith("ws.handshake ws.bad-accept"));
}

void WsHandshakeTest::agreesOnSubprotocolAndExtensions()
{
    HttpHead answer = sampleAnswer();
    answer.headers.add("Sec-WebSocket-Protocol", "chat");
    answer.headers.add("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=10");
    const auto agreement = checkWebSocketAnswer(sampleRequest(), answer);
    QVERIFY(agreement.hasValue());
    QCOMPARE(agreement->subprotocol, std::string("chat"));
    QCOMPARE(agreement->extensions, std::string("permessage-deflate; client_max_window_bits=10"));
}

void WsHandshakeTest::recognisesRequests()
{
    QVERIFY(isWebSocketRequest(sampleRequest()));
    QVERIFY(isWebSocketRequest(changed(sampleRequest(), {"Upgrade", "h2c, WebSocket"})));
    QVERIFY(isWebSocketRequest(changed(sampleRequest(), {"Sec-WebSocket-Key", "-"})));
    QVERIFY(!isWebSocketRequest(changed(sampleRequest(), {"Upgrade", "-"})));
    QVERIFY(!isWebSocketRequest(changed(sampleRequest(), {"Upgrade", "h2c"})));
    QVERIFY(!isWebSocketRequest(sampleAnswer()));
}

void WsHandshakeTest::readsOffers()
{
    HttpHead request = sampleRequest();
    request.headers.add("Origin", "http://example.com");
    const auto offer = readWebSocketOffer(request);
    QVERIFY(offer.hasValue());
    QCOMPARE(offer->key, std::string(sampleKey));
    QCOMPARE(offer->subprotocols, (std::vector<std::string>{"chat", "superchat"}));
    QCOMPARE(offer->extensions, std::string("permessage-deflate; client_max_window_bits"));
    QCOMPARE(offer->origin, std::string("http://example.com"));
}

void WsHandshakeTest::refusesOffers_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("result");
    QTest::newRow("no Upgrade") << Change("Upgrade", "-")
                                << QByteArray("426 Upgrade: websocket\nConnection: Upgrade\n");
    QTest::newRow("no Connection") << Change("Connection", "-") << QByteArray("400 ");
    QTest::newRow("another Connection") << Change("Connection", "keep-alive") << QByteArray("400 ");
    QTest::newRow("no Host") << Change("Host", "-") << QByteArray("400 ");
    QTest::newRow("no version") << Change("Sec-WebSocket-Version", "-")
                                << QByteArray("426 Sec-WebSocket-Version: 13\n");
    QTest::newRow("another version") << Change("Sec-WebSocket-Version", "8")
                                     << QByteArray("426 Sec-WebSocket-Version: 13\n");
    QTest::newRow("no key") << Change("Sec-WebSocket-Key", "-") << QByteArray("400 ");
    QTest::newRow("short key") << Change("Sec-WebSocket-Key", "dGhlIHNhbXBsZQ==") << QByteArray("400 ");
    QTest::newRow("key of 17 bytes") << Change("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZTE=") << QByteArray("400 ");
    QTest::newRow("key that is not base64")
        << Change("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZ!==") << QByteArray("400 ");
}

void WsHandshakeTest::refusesOffers()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, result);
    const auto offer = readWebSocketOffer(changed(sampleRequest(), change));
    QVERIFY(!offer.hasValue());
    QCOMPARE(QByteArray::number(offer.error().status) + ' ' + show(offer.error().headers), result);
    QVERIFY(!offer.error().reason.empty());
}

void WsHandshakeTest::answersAreAccepted()
{
    HttpHead post = sampleRequest();
    post.method = "POST";
    QCOMPARE(readWebSocketOffer(post).error().status, 405);
    QCOMPARE(show(readWebSocketOffer(post).error().headers), QByteArray("Allow: GET\n"));
    HttpHead old = sampleRequest();
    old.version = HttpVersion::Http10;
    QCOMPARE(readWebSocketOffer(old).error().status, 400);

    const auto offer = readWebSocketOffer(sampleRequest());
    QVERIFY(offer.hasValue());
    const HttpHead answer = webSocketAnswer(*offer, "chat", "permessage-deflate");
    QCOMPARE(show(answer.headers), QByteArray("Upgrade: websocket\nConnection: Upgrade\n"
                                              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n"
                                              "Sec-WebSocket-Protocol: chat\n"
                                              "Sec-WebSocket-Extensions: permessage-deflate\n"));
    QCOMPARE(show(checkWebSocketAnswer(sampleRequest(), answer)), QByteArray("ok"));
    QCOMPARE(webSocketAnswer(*offer, "").headers.size(), 3u);
}

PUSHSCOPE_TEST(WsHandshakeTest)
#include "wshandshaketest.moc"
