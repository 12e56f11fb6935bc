#include "core/engine/engine.h"

#include "core/capture/capture.h"
#include "core/wire/ws/wshandshake.h"
#include "tests/core/engine/recordtext.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <map>
#include <utility>

using namespace pushscope;
using namespace pushscope::test;

/// The engine as a whole, over real sockets, on its own thread.
class EngineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void connectsWhatIsPreparedWhenAsked();
    void recordsAnEventStream();
    void echoesOverWebSocket();
    void shutsDownWithAClosingHandshake();
    void shutsDownAtOnceWhenNothingIsOpen();
    void recordsRefusedConnections();
    void servesSessionsSideBySide();
    void holdsASenderBackAndLosesNothing();
    void tellsWhenThereIsRoomToSend();

private:
    [[nodiscard]] Target target(const char *scheme, const char *path) const;
    [[nodiscard]] std::map<std::string, int> kinds() const;
    [[nodiscard]] std::string lastOf(RecordKind kind) const;

    std::unique_ptr<SystemClock> m_clock;
    std::shared_ptr<Capture> m_capture;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<QTcpServer> m_server;
};

namespace {

constexpr const char *StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

QByteArray upgradeAnswer(const QByteArray &request)
{
    const qsizetype at = request.indexOf("Sec-WebSocket-Key: ") + 19;
    const QByteArray key = request.mid(at, request.indexOf('\r', at) - at);
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
           QByteArray::fromStdString(webSocketAccept(key.toStdString())) + "\r\n\r\n";
}

/// The next connection's socket with its whole request head read.
QTcpSocket *accept(QTcpServer &server, QByteArray &request)
{
    if (!QTest::qWaitFor([&] { return server.hasPendingConnections(); }))
        return nullptr;
    QTcpSocket *socket = server.nextPendingConnection();
    const bool whole = QTest::qWaitFor([&] {
        request += socket->readAll();
        return request.endsWith("\r\n\r\n");
    });
    return whole ? socket : nullptr;
}

} // namespace

void EngineTest::init()
{
    m_engine.reset();
    m_clock = std::make_unique<SystemClock>();
    m_capture = *Capture::create({}, *m_clock);
    m_engine = std::make_unique<Engine>(m_capture);
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
}

Target EngineTest::target(const char *scheme, const char *path) const
{
    Target target;
    target.url = *parseUrl(std::string(scheme) + "://127.0.0.1:" + std::to_string(m_server->serverPort()) + path);
    target.proxy.kind = ProxyOptions::Kind::None;
    return target;
}

std::map<std::string, int> EngineTest::kinds() const
{
    std::map<std::string, int> kinds;
    const std::uint64_t count = m_capture->counts().records;
    for (std::uint64_t seq = 1; seq <= count; ++seq)
        ++kinds[std::string(word(m_capture->record(Seq(seq)).kind))];
    return kinds;
}

std::string EngineTest::lastOf(RecordKind kind) const
{
    for (std::uint64_t seq = m_capture->counts().records; seq > 0; --seq) {
        if (m_capture->record(Seq(seq)).kind == kind) {
            const std::string text = recordText(*m_capture, Seq(seq));
            return text.substr(text.find(' ') + 1);
        }
    }
    return {};
}

void EngineTest::connectsWhatIsPreparedWhenAsked()
{
    const SessionId session = m_engine->prepare(target("http", "/events"));
    QTRY_COMPARE(m_capture->counts().records, std::uint64_t(1));
    QVERIFY(!m_server->hasPendingConnections());
    m_engine->post(session, intent::Connect{});
    QTRY_VERIFY(m_server->hasPendingConnections());
}

void EngineTest::recordsAnEventStream()
{
    QSignalSpy opened(m_engine.get(), &Engine::sessionOpened);
    Target wanted = target("http", "/events");
    wanted.reconnection.enabled = false;
    m_engine->open(wanted);
    QByteArray request;
    QTcpSocket *peer = accept(*m_server, request);
    QVERIFY(peer);
    QVERIFY(request.startsWith("GET /events HTTP/1.1\r\nHost: 127.0.0.1:"));
    QVERIFY(request.contains("\r\nAccept: text/event-stream\r\nCache-Control: no-cache\r\n"));
    peer->write(StreamHead);
    QVERIFY(opened.wait());
    QByteArray events;
    for (int i = 0; i < 20000; ++i)
        events += "id: " + QByteArray::number(i) + "\ndata: event " + QByteArray::number(i) + "\n\n";
    peer->write(events);
    QTRY_COMPARE(kinds()["sse.event"], 20000);
    QSignalSpy ended(m_engine.get(), &Engine::sessionEnded);
    peer->disconnectFromHost();
    QVERIFY(ended.wait());
    QCOMPARE(ended[0][1].value<SessionState>(), SessionState::Closed);
    QCOMPARE(lastOf(RecordKind::End),
             std::string("end clean by peer pending 0: ended cleanly by closing the connection"));
    const auto found = kinds();
    QCOMPARE(found.at("session"), 1);
    QCOMPARE(found.at("tcp"), 1);
    QCOMPARE(found.at("http.request"), 1);
    QCOMPARE(found.at("http.response"), 1);
    QVERIFY(lastOf(RecordKind::SseEvent).starts_with("sse.event \"id: 19999\\ndata: event 19999\\n\\n\" by "));
}

void EngineTest::echoesOverWebSocket()
{
    QSignalSpy opened(m_engine.get(), &Engine::sessionOpened);
    QSignalSpy ended(m_engine.get(), &Engine::sessionEnded);
    Target wanted = target("ws", "/");
    wanted.webSocket.echo = true;
    m_engine->open(wanted);
    QByteArray request;
    QTcpSocket *peer = accept(*m_server, request);
    QVERIFY(peer);
    peer->write(upgradeAnswer(request));
    QVERIFY(opened.wait());
    peer->write("\x81\x05Hello\x89\x01p\x88\x02\x03\xe8", 14);
    QTRY_COMPARE(peer->bytesAvailable(), 11 + 7 + 8); // echo, pong, close, masked
    peer->disconnectFromHost();
    QVERIFY(ended.wait());
    QCOMPARE(ended[0][1].value<SessionState>(), SessionState::Closed);
    QCOMPARE(lastOf(RecordKind::End),
             std::string("end clean by peer pending 0: ended cleanly, with the closing handshake"));
    QCOMPARE(kinds()["ws.text"], 2);
    QCOMPARE(kinds()["ws.frame"], 6);
}

void EngineTest::shutsDownWithAClosingHandshake()
{
    QSignalSpy opened(m_engine.get(), &Engine::sessionOpened);
    QSignalSpy finished(m_engine.get(), &Engine::finished);
    m_engine->open(target("ws", "/"));
    QByteArray request;
    QTcpSocket *peer = accept(*m_server, request);
    QVERIFY(peer);
    peer->write(upgradeAnswer(request));
    QVERIFY(opened.wait());
    m_engine->shutdown();
    QTRY_COMPARE(peer->bytesAvailable(), 8);
    QCOMPARE(finished.size(), 0);
    peer->write("\x88\x02\x03\xe8", 4);
    peer->disconnectFromHost();
    QVERIFY(finished.wait());
    QCOMPARE(lastOf(RecordKind::End),
             std::string("end clean by us pending 0: ended cleanly, with the closing handshake"));
}

void EngineTest::shutsDownAtOnceWhenNothingIsOpen()
{
    QSignalSpy finished(m_engine.get(), &Engine::finished);
    m_engine->shutdown(Milliseconds(60'000));
    QVERIFY(finished.wait());
}

void EngineTest::recordsRefusedConnections()
{
    QSignalSpy ended(m_engine.get(), &Engine::sessionEnded);
    Target wanted = target("http", "/");
    m_server->close();
    wanted.reconnection.maxAttempts = 1;
    wanted.reconnection.initial = Milliseconds(1);
    m_engine->open(wanted);
    QVERIFY(ended.wait());
    QCOMPARE(ended[0][1].value<SessionState>(), SessionState::Failed);
    QCOMPARE(ended[0][2].toBool(), false);
    QCOMPARE(kinds()["error"], 2);
    QVERIFY(lastOf(RecordKind::Error).starts_with("error tcp.refused: "));
    QCOMPARE(lastOf(RecordKind::End), std::string("end never-answered by network pending 0: never answered"));
}

void EngineTest::servesSessionsSideBySide()
{
    QSignalSpy opened(m_engine.get(), &Engine::sessionOpened);
    std::vector<QTcpSocket *> peers;
    for (int i = 0; i < 20; ++i) {
        m_engine->open(target("http", "/"));
        QByteArray request;
        peers.push_back(accept(*m_server, request));
        QVERIFY(peers.back());
    }
    for (QTcpSocket *peer : peers)
        peer->write(QByteArray(StreamHead) + "data: a\n\n");
    QTRY_COMPARE(opened.size(), 20);
    QTRY_COMPARE(kinds()["sse.event"], 20);
}

/// A slow consumer by the user's wish: TCP slows the peer, and every event arrives once reading goes on.
void EngineTest::holdsASenderBackAndLosesNothing()
{
    constexpr int count = 300'000;
    QSignalSpy opened(m_engine.get(), &Engine::sessionOpened);
    const SessionId session = m_engine->open(target("http", "/"));
    QByteArray request;
    QTcpSocket *peer = accept(*m_server, request);
    QVERIFY(peer);
    peer->write(StreamHead);
    QVERIFY(opened.wait());
    m_engine->post(session, intent::PauseReading{true});
    peer->write(QByteArray("data: ") + QByteArray(90, 'x') + "\n\n");
    QByteArray events;
    for (int i = 1; i < count; ++i)
        events += "data: " + QByteArray::number(i).rightJustified(90, '0') + "\n\n";
    peer->write(events);
    qint64 held = 0;
    QTRY_VERIFY(std::exchange(held, peer->bytesToWrite()) == peer->bytesToWrite() && held > 0);
    QVERIFY(held > events.size() / 2);
    QVERIFY(kinds()["sse.event"] < count / 2);
    m_engine->post(session, intent::PauseReading{false});
    QTRY_COMPARE_WITH_TIMEOUT(kinds()["sse.event"], count, 60000);
}

/// A peer that does not read for a while, and then is gone.
void EngineTest::tellsWhenThereIsRoomToSend()
{
    QSignalSpy opened(m_engine.get(), &Engine::sessionOpened);
    QSignalSpy room(m_engine.get(), &Engine::sessionHasRoom);
    QSignalSpy shut(m_engine.get(), &Engine::sessionShut);
    const SessionId session = m_engine->open(target("ws", "/"));
    QByteArray request;
    QTcpSocket *peer = accept(*m_server, request);
    QVERIFY(peer);
    peer->setReadBufferSize(64 * 1024);
    peer->write(upgradeAnswer(request));
    QVERIFY(opened.wait());
    m_engine->post(session, intent::SendText{"little"});
    m_engine->askForRoom(session);
    QVERIFY(room.wait());
    m_engine->post(session, intent::SendText{Bytes(32'000'000, 'x')}); // more than both kernels' buffers
    m_engine->askForRoom(session);
    m_engine->post(session, intent::SendText{"behind it"});
    QTRY_COMPARE(kinds()["ws.text"], 3);
    QCOMPARE(room.size(), 1);
    peer->setReadBufferSize(0);
    connect(peer, &QTcpSocket::readyRead, peer, [peer] { peer->readAll(); });
    peer->readAll();
    QTRY_COMPARE_WITH_TIMEOUT(room.size(), 2, 20'000);
    QCOMPARE(shut.size(), 0);
    peer->disconnectFromHost();
    QTRY_COMPARE(shut.size(), 1);
}

PUSHSCOPE_TEST(EngineTest)
#include "enginetest.moc"
