#include "core/demo/democonnection.h"

#include "core/wire/http/http2frame.h"
#include "core/wire/tls/tlschannel.h"
#include "tests/core/demo/demorun.h"
#include "tests/core/demo/http2client.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

using namespace pushscope;

class DemoConnectionTest : public QObject
{
    Q_OBJECT

private:
    /// What a TLS client that offers these protocols hears when it sends that, up to the connection's end or so many
    /// bytes; what was agreed on stands before it.
    Bytes secureAnswer(const std::vector<std::string> &alpn, ByteView request, std::size_t enough = Bytes::npos) const
    {
        TlsConfig config;
        config.alpn = alpn;
        config.serverName = "localhost";
        config.verify = false;
        config.systemStore = false;
        auto channel = TlsChannel::create(config);
        RawClient client(m_run->tlsPort());
        (*channel)->start();
        client.send((*channel)->takeOutput());
        Bytes plain;
        bool sent = false;
        std::size_t fed = 0;
        while (plain.size() < enough && client.readBytes(fed + 1)) {
            (*channel)->feed(ByteView(client.received()).substr(fed));
            fed = client.received().size();
            std::array<char, 16 * 1024> buffer;
            while (const std::size_t size = (*channel)->read(buffer.data(), buffer.size()))
                plain.append(buffer.data(), size);
            if ((*channel)->state() == TlsChannel::State::Open && !std::exchange(sent, true))
                (*channel)->write(request);
            client.send((*channel)->takeOutput());
        }
        return "[" + (*channel)->facts().alpn + "] " + plain;
    }
    Bytes http1Request() const
    {
        return "GET /favicon.ico HTTP/1.1\r\nConnection: close\r\nHost: localhost:" + std::to_string(m_run->tlsPort()) +
               "\r\n\r\n";
    }
    static Bytes http2Opening()
    {
        Bytes bytes(Http2Preface);
        appendHttp2Frame(bytes, {.type = Http2FrameType::Settings}, {});
        return bytes;
    }
    std::unique_ptr<DemoRun> m_run;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

    void speaksHttp1WhenAskedInIt() { QVERIFY(m_run->answer("/favicon.ico").startsWith("HTTP/1.1 204 ")); }

    void speaksHttp2ByPriorKnowledge()
    {
        Http2Client client(m_run->port());
        QVERIFY(client.readToEnd(client.get("/favicon.ico")));
    }

    void takesTheOpeningInPieces()
    {
        RawClient client(m_run->port());
        for (const char byte : http2Opening())
            client.send(Bytes(1, byte));
        QVERIFY(client.readBytes(Http2FrameHeader::Size));
        QVERIFY(parseHttp2FrameHeader(client.received()).type == Http2FrameType::Settings);
    }

    void doesNotTakeEveryPForThePreface()
    {
        RawClient client(m_run->port());
        client.send("P");
        client.send("R");
        client.send(getRequest(m_run->port(), "/").replace(0, 3, "I")); // a method that nobody knows
        QVERIFY(client.readUntil("HTTP/1.1 405 "));
    }

    void agreesByAlpn()
    {
        const Bytes http2 = secureAnswer({"h2", "http/1.1"}, http2Opening(), Http2FrameHeader::Size);
        QVERIFY(http2.starts_with("[h2] "));
        QVERIFY(parseHttp2FrameHeader(ByteView(http2).substr(5)).type == Http2FrameType::Settings);
        QVERIFY(secureAnswer({"http/1.1"}, http1Request()).starts_with("[http/1.1] HTTP/1.1 204 "));
        QVERIFY(secureAnswer({}, http1Request()).starts_with("[] HTTP/1.1 204 "));
    }

    void holdsClientsToWhatTheyAgreedOn()
    {
        QVERIFY(secureAnswer({"http/1.1"}, http2Opening()).starts_with("[http/1.1] HTTP/1.1 505 "));
        QVERIFY(secureAnswer({}, http2Opening()).starts_with("[] HTTP/1.1 505 "));
        const Bytes refusal = secureAnswer({"h2"}, http1Request());
        QVERIFY(refusal.starts_with("[h2] "));
        bool saidGoaway = false;
        for (ByteView rest = ByteView(refusal).substr(5); rest.size() >= Http2FrameHeader::Size;) {
            const Http2FrameHeader header = parseHttp2FrameHeader(rest);
            saidGoaway = saidGoaway || header.type == Http2FrameType::Goaway;
            rest.remove_prefix(std::min(rest.size(), Http2FrameHeader::Size + header.length));
        }
        QVERIFY(saidGoaway);
        QVERIFY(m_run->answer("/favicon.ico").startsWith("HTTP/1.1 204 ")); // the server lives on
    }

    void tellsTlsWhereItBelongs()
    {
        RawClient client(m_run->port());
        client.send("\x16\x03\x01");
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().starts_with("HTTP/1.1 400 "));
        QVERIFY(client.received().ends_with("the other one speaks TLS.\n"));
    }
};

PUSHSCOPE_TEST(DemoConnectionTest)
#include "democonnectiontest.moc"
