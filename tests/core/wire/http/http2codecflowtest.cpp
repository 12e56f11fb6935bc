#include "core/wire/http/http2codec.h"
#include "tests/core/wire/http/http2pair.h"
#include "tests/support/http2bytes.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <vector>

using namespace pushscope;
using namespace pushscope::test;

namespace {

/// Counts each stream's content at the client and answers every request with so many bytes and no end.
class Counted
{
public:
    Counted(Http2Pair &pair, std::size_t bytes)
    {
        pair.answer = [bytes](Http2Codec &server, const HttpFact &fact) {
            if (fact.kind != HttpFact::Kind::Head)
                return;
            server.sendHead(fact.stream, answer(200));
            server.sendBody(fact.stream, Bytes(bytes, 'x'));
        };
        pair.react = [this](Http2Codec &, const HttpFact &fact) {
            if (fact.kind == HttpFact::Kind::Body)
                m_bytes[fact.stream.value] += fact.body.size();
        };
    }
    [[nodiscard]] std::size_t of(std::uint32_t stream) { return m_bytes[stream]; }
    [[nodiscard]] std::size_t least() const { return extreme(false); }
    [[nodiscard]] std::size_t most() const { return extreme(true); }

private:
    [[nodiscard]] std::size_t extreme(bool most) const
    {
        const auto less = [](const auto &a, const auto &b) { return a.second < b.second; };
        return (most ? std::max_element(m_bytes.begin(), m_bytes.end(), less)
                     : std::min_element(m_bytes.begin(), m_bytes.end(), less))
            ->second;
    }

    std::map<std::uint32_t, std::size_t> m_bytes;
};

/// A server that has a client's preface behind it.
struct Server
{
    explicit Server(Http2Codec::Options options = {}) : codec(Role::Server, options)
    {
        feed(Bytes(Http2Preface) + settings() + settingsAck());
    }
    void feed(const Bytes &bytes)
    {
        codec.feed(bytes);
        HttpFact fact;
        while (codec.next(fact))
            kinds.push_back(fact.kind);
    }
    /// The error code of the GOAWAY in the output.
    [[nodiscard]] std::string goaway()
    {
        const Bytes output = codec.takeOutput();
        for (std::size_t at = 0; at + Http2FrameHeader::Size <= output.size();) {
            const Http2FrameHeader header = parseHttp2FrameHeader(ByteView(output).substr(at));
            const ByteView payload = ByteView(output).substr(at + Http2FrameHeader::Size, header.length);
            if (header.type == Http2FrameType::Goaway)
                return errorText(*parseHttp2Payload(header, payload).errorCode);
            at += Http2FrameHeader::Size + header.length;
        }
        return {};
    }

    Http2Codec codec;
    std::vector<HttpFact::Kind> kinds;
};

Bytes repeated(const Bytes &bytes, int count)
{
    Bytes all;
    for (int i = 0; i < count; ++i)
        all += bytes;
    return all;
}

} // namespace

/// Flow control, fairness, padding and floods.
class Http2CodecFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPausedStreamHoldsUpNoOther()
    {
        Http2Codec::Options options;
        options.streamWindow = 20000;
        options.connectionWindow = 100000;
        Http2Pair pair(0, options);
        constexpr std::size_t size = 1000000;
        Counted counted(pair, size);
        pair.consumes = false;
        const auto count = pair.react;
        pair.react = [&count](Http2Codec &client, const HttpFact &fact) {
            count(client, fact);
            if (fact.kind == HttpFact::Kind::Body && fact.stream.value == 3)
                client.consume(fact.stream, fact.body.size());
        };
        pair.client.sendRequest(request(), {});
        pair.client.sendRequest(request(), {});
        pair.run();
        QCOMPARE(counted.of(1), std::size_t{20000});
        QCOMPARE(counted.of(3), size);
        QCOMPARE(pair.server.unsent(StreamId(1)), std::uint64_t{size - 20000});
        QCOMPARE(pair.server.remoteWindow(StreamId(1)), std::int64_t{0});
        pair.client.consume(StreamId(1), 20000);
        pair.run();
        QCOMPARE(counted.of(1), std::size_t{40000});
        QVERIFY(!pair.client.failure());
    }

    void anInitialWindowOf0LetsNothingThrough()
    {
        Http2Codec::Options options;
        options.streamWindow = 0;
        Http2Pair pair(0, options);
        Counted counted(pair, 5000);
        pair.client.sendRequest(request(), {});
        pair.run();
        QCOMPARE(counted.of(1), std::size_t{0});
        const Http2SettingValue wider{Http2Setting::InitialWindowSize, 3000};
        pair.client.submitSettings({&wider, 1});
        pair.run();
        QVERIFY(counted.of(1) >= 3000);
        QCOMPARE(pair.server.peer().initialWindow, 3000U);
    }

    void paddingIsGivenBackToBothWindows()
    {
        Http2Codec::Options client;
        client.streamWindow = 2000;
        client.connectionWindow = 70000;
        Http2Codec::Options server;
        server.padTo = 200;
        for (const std::size_t cut : {0, 1}) {
            Http2Pair pair(cut, client, server);
            pair.answer = [](Http2Codec &codec, const HttpFact &fact) {
                if (fact.kind != HttpFact::Kind::Head)
                    return;
                codec.sendHead(fact.stream, answer(200));
                for (int i = 0; i < 400; ++i)
                    codec.sendBody(fact.stream, "an event");
                codec.sendEnd(fact.stream);
            };
            std::size_t bytes = 0;
            pair.react = [&bytes](Http2Codec &, const HttpFact &fact) { bytes += fact.body.size(); };
            pair.client.sendRequest(request(), {});
            pair.run();
            QCOMPARE(bytes, std::size_t{400 * 8});
            QCOMPARE(pair.client.openStreams(), std::size_t{0});
        }
    }

    void tellsWhoOverrunsItsWindow()
    {
        Http2Codec::Options options;
        options.streamWindow = 10;
        Server server(options);
        server.feed(headers(1, requestBlock("POST"), false) + data(1, "more than ten", false));
        QCOMPARE(server.kinds.back(), HttpFact::Kind::Reset);
        QVERIFY(!server.codec.failure());
        QCOMPARE(server.codec.openStreams(), std::size_t{0});
    }

    void thousandsOfStreamsShareFairly()
    {
        Http2Pair pair;
        Counted counted(pair, 100000);
        pair.run();
        constexpr std::uint32_t streams = 2000;
        for (std::uint32_t i = 0; i < streams; ++i)
            QVERIFY(pair.client.sendRequest(request(), {}));
        const Bytes requests = pair.client.takeOutput();
        pair.server.feed(requests);
        HttpFact fact;
        while (pair.server.next(fact))
            pair.answer(pair.server, fact);
        // No more than the connection's window, in turns.
        for (Bytes some = pair.server.takeOutput(100000); !some.empty(); some = pair.server.takeOutput(100000)) {
            QVERIFY(some.size() < 100000 + 17000);
            pair.client.feed(some);
            while (pair.client.next(fact))
                pair.react(pair.client, fact);
            (void)pair.client.takeOutput();
            if (counted.of(1) > 0 && counted.least() > 0)
                break;
        }
        QCOMPARE(pair.client.openStreams(), std::size_t{streams});
        (void)pair.server.takeOutput();
        QVERIFY(counted.most() <= 2 * 16384);
    }

    void keepsToThePeersLimitOfStreams()
    {
        Http2Codec::Options options;
        options.maxConcurrentStreams = 2;
        Http2Pair pair(0, {}, options);
        pair.run();
        QCOMPARE(pair.client.peer().maxConcurrentStreams, 2U);
        QVERIFY(pair.client.sendRequest(request(), {}));
        QVERIFY(pair.client.sendRequest(request(), {}));
        QVERIFY(!pair.client.isReusable());
        QVERIFY(!pair.client.sendRequest(request(), {}));
    }

    void resetsAHeadBeyondTheLimit()
    {
        Http2Codec::Options options;
        options.headLimit = 1000;
        Server server(options);
        server.feed(headers(1, requestBlock() + literal("x", Bytes(900, 'x'))) + headers(3, requestBlock()));
        QCOMPARE(server.kinds, (std::vector<HttpFact::Kind>{HttpFact::Kind::Settings, HttpFact::Kind::Reset,
                                                            HttpFact::Kind::Head, HttpFact::Kind::End}));
        QVERIFY(!server.codec.failure());
    }

    void answersAHeadRequestWithoutContent()
    {
        Server server;
        server.feed(headers(1, requestBlock("HEAD")));
        server.codec.sendHead(StreamId(1), answer(200));
        server.codec.sendBody(StreamId(1), "never seen");
        server.codec.sendEnd(StreamId(1));
        QVERIFY(server.codec.takeOutput().find("never seen") == Bytes::npos);
        QCOMPARE(server.codec.openStreams(), std::size_t{0});
    }

    void endsFloods_data()
    {
        QTest::addColumn<QByteArray>("flood");
        const auto row = [](const char *name, const Bytes &bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("PING", repeated(ping(), 5000));
        row("SETTINGS", repeated(settings(), 5000));
        row("PRIORITY", repeated(priority(1, 0), 5000));
        row("empty DATA", headers(1, requestBlock("POST"), false) + repeated(data(1, {}, false), 5000));
        row("CONTINUATION",
            frame(Http2FrameType::Headers, 0, 1, requestBlock()) + repeated(continuation(1, {}, false), 5000));
        Bytes rapidResets;
        Bytes brokenStreams;
        for (std::uint32_t id = 1; id < 10000; id += 2) {
            rapidResets += headers(id, requestBlock()) + rstStream(id);
            brokenStreams += headers(id, requestBlock("GET", {{"connection", "close"}}));
        }
        row("rapid reset", rapidResets);
        row("streams that we have to reset", brokenStreams);
    }
    void endsFloods()
    {
        QFETCH(QByteArray, flood);
        Server server;
        server.feed(flood.toStdString());
        QVERIFY(server.codec.failure());
        QVERIFY(server.codec.failure()->detail.find("(RFC 9113 section 10.5") != std::string::npos);
        QCOMPARE(server.goaway(), std::string("ENHANCE_YOUR_CALM"));
        QVERIFY(server.codec.isOver());
    }

    void leavingManyAnsweredStreamsIsNoFlood()
    {
        Http2Pair pair;
        Counted counted(pair, 1);
        pair.run();
        for (int i = 0; i < 5000; ++i)
            QVERIFY(pair.client.sendRequest(request(), {}));
        pair.run();
        for (std::uint32_t id = 1; id < 10000; id += 2)
            pair.client.cancel(StreamId(id));
        pair.run();
        QVERIFY(!pair.server.failure());
        QCOMPARE(pair.server.openStreams(), std::size_t{0});
    }
};

PUSHSCOPE_TEST(Http2CodecFlowTest)
#include "http2codecflowtest.moc"
