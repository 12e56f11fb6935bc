#include "core/demo/demoserver.h"

#include "core/wire/tls/tlschannel.h"
#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <array>
#include <memory>
#include <vector>

using namespace pushscope;

class DemoServerTest : public QObject
{
    Q_OBJECT

private:
    struct TlsVisit
    {
        QByteArray answer; ///< or why there is none
        bool resumed = false;
        std::string session; ///< to resume with
    };
    /// What comes back over TLS until it contains the text.
    static TlsVisit overTls(const DemoAddresses &addresses, const Bytes &request, std::string_view until,
                            const std::string &session = {})
    {
        TlsConfig config;
        config.serverName = "localhost";
        config.systemStore = false;
        config.trusted = {addresses.caPem};
        config.alpn = {"http/1.1"};
        config.session = session;
        auto channel = TlsChannel::create(config);
        if (!channel)
            return {"no channel", false, {}};
        RawClient client(portOf(addresses.https));
        (*channel)->start();
        (*channel)->write(request);
        Bytes plain;
        std::size_t seen = 0;
        while (plain.find(until) == Bytes::npos && (*channel)->state() != TlsChannel::State::Failed) {
            client.send((*channel)->takeOutput());
            if (!client.readBytes(seen + 1))
                break;
            (*channel)->feed(ByteView(client.received()).substr(seen));
            seen = client.received().size();
            std::array<char, 16'384> buffer;
            while (const std::size_t size = (*channel)->read(buffer.data(), buffer.size()))
                plain.append(buffer.data(), size);
        }
        const TlsFacts &facts = (*channel)->facts();
        if ((*channel)->state() == TlsChannel::State::Failed || facts.alpn != "http/1.1")
            return {QByteArray::fromStdString((*channel)->error().detail), false, {}};
        return {QByteArray::fromStdString(plain), facts.resumed, (*channel)->session()};
    }

private Q_SLOTS:
    void startsStopsAndStartsAgain()
    {
        DemoServer server;
        QVERIFY(!server.isRunning());
        for (int i = 0; i < 2; ++i) {
            const auto addresses = server.start(onFreePorts());
            QVERIFY(addresses.hasValue());
            QVERIFY(server.isRunning());
            QCOMPARE(server.addresses().http, addresses->http);
            const std::uint16_t port = portOf(addresses->http);
            RawClient client(port);
            client.send(getRequest(port, "/events"));
            QVERIFY(client.readUntil("id: 1\n"));
            QCOMPARE(server.status().connections, 1u);
            QCOMPARE(server.status().streams, 1u);
            QCOMPARE(server.status().eventsSent, std::uint64_t(1));
            server.stop();
            QVERIFY(!server.isRunning());
            QVERIFY(client.readToEnd() != RawClient::End::Open);
            QVERIFY(!RawClient(port).isConnected());
            QCOMPARE(server.status().connections, 0u);
        }
    }

    void stopsInTheMiddleOfEverything()
    {
        DemoServer server;
        for (int i = 0; i < 3; ++i) {
            const auto addresses = server.start(onFreePorts());
            QVERIFY(addresses.hasValue());
            const std::uint16_t port = portOf(addresses->http);
            std::vector<std::unique_ptr<RawClient>> clients;
            for (const char *path :
                 {"/events?interval=1", "/events?interval=0", "/scenario/heartbeat-only?interval=0", "/nothing"}) {
                clients.push_back(std::make_unique<RawClient>(port));
                clients.back()->send(getRequest(port, path));
            }
            for (const char *path :
                 {"/ws/ticks?interval=1", "/ws/chat", "/ws/reference", "/ws/scenario/slow-reader", "/ws/echo"}) {
                clients.push_back(std::make_unique<RawClient>(port));
                clients.back()->send(openingRequest(port, path));
            }
            for (const auto &client : clients)
                QVERIFY(client->readUntil("\r\n\r\n"));
            server.stop();
            for (const auto &client : clients)
                QVERIFY(client->readToEnd() != RawClient::End::Open);
        }
    }

    void reportsAPortInUse()
    {
        DemoServer first;
        DemoServer second;
        const auto addresses = first.start(onFreePorts());
        QVERIFY(addresses.hasValue());
        DemoOptions options = onFreePorts();
        options.tlsPort = portOf(addresses->https);
        const auto refused = second.start(options);
        QVERIFY(!refused.hasValue());
        QVERIFY(refused.error().code == ErrorCode::PortInUse);
        QVERIFY(!second.isRunning());
    }

    void answersOverTls()
    {
        DemoServer server;
        const auto addresses = server.start(onFreePorts());
        QVERIFY(addresses.hasValue());
        const std::uint16_t port = portOf(addresses->https);
        const QByteArray answer =
            overTls(*addresses, getRequest(port, "/events?interval=0&count=3000&size=1000"), "0\r\n\r\n").answer;
        QVERIFY(answer.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(answer.contains("id: 3000\n"));
        const QByteArray opened =
            overTls(*addresses, openingRequest(port, "/ws/ticks?interval=0&count=2"), "has ended").answer;
        QVERIFY(opened.startsWith(QByteArray::fromStdString(openingAnswer())));
        const QByteArray misdirected = overTls(*addresses, getRequest(portOf(addresses->http), "/"), "\r\n\r\n").answer;
        QVERIFY(misdirected.startsWith("HTTP/1.1 421 "));
    }

    void resumesATlsSession()
    {
        DemoServer server;
        const auto addresses = server.start(onFreePorts());
        QVERIFY(addresses.hasValue());
        const Bytes request = getRequest(portOf(addresses->https), "/");
        const TlsVisit first = overTls(*addresses, request, "\r\n\r\n");
        QVERIFY2(first.answer.startsWith("HTTP/1.1 200 OK\r\n"), first.answer.constData());
        QVERIFY(!first.resumed);
        QVERIFY(!first.session.empty());
        const TlsVisit second = overTls(*addresses, request, "\r\n\r\n", first.session);
        QVERIFY2(second.answer.startsWith("HTTP/1.1 200 OK\r\n"), second.answer.constData());
        QVERIFY(second.resumed);
    }

    void bearsCleartextOnTheTlsPort()
    {
        DemoServer server;
        const auto addresses = server.start(onFreePorts());
        QVERIFY(addresses.hasValue());
        RawClient client(portOf(addresses->https));
        client.send(getRequest(portOf(addresses->https), "/"));
        QVERIFY(client.readToEnd() != RawClient::End::Open);
        QVERIFY(client.received().find("HTTP/1.1") == Bytes::npos);
    }

    void servesAQWebSocket()
    {
        DemoServer server;
        const auto addresses = server.start(onFreePorts());
        QVERIFY(addresses.hasValue());
        QWebSocket socket;
        QSignalSpy connected(&socket, &QWebSocket::connected);
        QSignalSpy received(&socket, &QWebSocket::textMessageReceived);
        socket.open(QUrl(QString::fromStdString(addresses->ws + "/ws/echo")));
        QVERIFY(connected.wait());
        socket.sendTextMessage(QStringLiteral("hello"));
        QTRY_COMPARE(received.size(), 1);
        QSignalSpy disconnected(&socket, &QWebSocket::disconnected);
        socket.close(QWebSocketProtocol::CloseCodeNormal, QStringLiteral("bye"));
        QTRY_COMPARE(disconnected.size(), 1);
    }
};

PUSHSCOPE_TEST(DemoServerTest)
#include "demoservertest.moc"
