#include "core/demo/feedexchange.h"

#include "core/wire/coding/contentdecoder.h"
#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QTest>

#include <memory>
#include <string>
#include <utility>

using namespace pushscope;
using namespace std::string_literals;

class FeedExchangeTest : public QObject
{
    Q_OBJECT

private:
    static QByteArray ids(const QByteArray &stream)
    {
        QByteArrayList ids;
        for (const QByteArray &line : stream.split('\n')) {
            if (line.startsWith("id: "))
                ids += line.mid(4);
        }
        return ids.join(' ');
    }
    std::unique_ptr<DemoRun> m_run;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

    void writesTheReferenceFeed()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/events"));
        QVERIFY(client.readUntil("\n\n\r\n"));
        QCOMPARE(withoutDate(client.received().substr(0, client.received().find("\r\n\r\n") + 4)),
                 Bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: "
                       "no-store\r\nX-Accel-Buffering: no\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n"));
        QVERIFY(client.readUntil(chunk("retry: 3000\n\n")));
        QVERIFY(client.readUntil("}\n\n\r\n"));
        static const QRegularExpression event(
            QStringLiteral("id: 1\nevent: tick\ndata: \\{\"id\":1,\"ts\":\\d{13},\"ns\":\\d+\\}\n\n"));
        QVERIFY(event.match(QString::fromStdString(client.received())).hasMatch());
    }

    void endsAndDoesNotBeginAgain()
    {
        const std::string url = "/events?interval=1&count=5&seed=11";
        QByteArray all = m_run->stream(url);
        QCOMPARE(ids(all), QByteArray("1 2 3 4 5"));
        QVERIFY(all.endsWith("\n\nend"));
        QCOMPARE(ids(m_run->stream(url, "3")), QByteArray("4 5"));
        QCOMPARE(m_run->stream(url, "5"), QByteArray("204 end"));
        QCOMPARE(ids(m_run->stream(url)), QByteArray("1 2 3 4 5")); // a new reader starts a new run
        QCOMPARE(ids(m_run->stream(url, "unknown")), QByteArray("1 2 3 4 5"));
    }

    void cutsAfterSoManyEvents()
    {
        const std::string url = "/events?interval=1&count=7&drop=3&retry=20";
        const QByteArray first = m_run->stream(url);
        QCOMPARE(ids(first), QByteArray("1 2 3"));
        QVERIFY(first.startsWith("retry: 20\n\n"));
        QVERIFY(first.endsWith("cut FIN"));
        QCOMPARE(ids(m_run->stream(url, "3")), QByteArray("4 5 6"));
        QCOMPARE(ids(m_run->stream(url, "6")), QByteArray("7"));
    }

    void saysWhatIsGone()
    {
        const std::string url = "/events?interval=1&count=9&window=2";
        QCOMPARE(ids(m_run->stream(url)), QByteArray("1 2 3 4 5 6 7 8 9"));
        const QByteArray resumed = m_run->stream(url, "3");
        QVERIFY(resumed.contains("event: reset\ndata: {\"from\":4,\"oldest\":8}\n\nid: 8\n"));
        QCOMPARE(ids(resumed), QByteArray("8 9"));
    }

    void saysWhenItsIdsBeginAgain()
    {
        const QByteArray resumed = m_run->stream("/events?interval=1&count=600&drop=2&seed=9", "500");
        QVERIFY2(resumed.contains("event: reset\ndata: {\"from\":501,\"oldest\":1}\n\nid: 1\n"), resumed);
    }

    void codesEachEventForItself()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/events?coding=gzip&interval=60000", "Accept-Encoding: br, gzip\r\n"));
        const Bytes flushed("\x00\x00\xFF\xFF\r\n", 6);
        QVERIFY(client.readUntil(flushed)); // the reconnection time
        QVERIFY(client.received().find("Vary: Accept-Encoding\r\nContent-Encoding: gzip\r\n") != Bytes::npos);
        const std::size_t first = client.received().find(flushed) + flushed.size();
        while (client.received().find(flushed, first) == Bytes::npos)
            QVERIFY(client.readBytes(client.received().size() + 1));
    }

    void codedFeedsEndAndGoOnAsOthers()
    {
        for (const char *flush : {"0", "1"}) {
            const std::string url = std::string("/events?interval=0&count=50&coding=br&flush=") + flush;
            QByteArray coded = m_run->stream(url);
            QVERIFY(coded.endsWith("end"));
            coded.chop(3);
            ContentDecoder decoder({ContentCoding::Brotli});
            decoder.feed({coded.constData(), static_cast<std::size_t>(coded.size())});
            Bytes room(64 * 1024, '\0');
            const std::size_t made = decoder.next(room);
            QVERIFY(ids(QByteArray(room.data(), qsizetype(made))).endsWith(" 49 50"));
            decoder.finish();
            QVERIFY(decoder.findings().empty());
            QCOMPARE(m_run->stream(url, "50"), QByteArray("204 end"));
        }
    }

    void sharesIdsAmongReaders()
    {
        RawClient one(m_run->port());
        one.send(getRequest(m_run->port(), "/events?interval=1&seed=77"));
        QVERIFY(one.readUntil("id: 5\n"));
        RawClient two(m_run->port());
        two.send(getRequest(m_run->port(), "/events?interval=1&seed=77"));
        QVERIFY(two.readUntil("id: "));
        QVERIFY(two.readUntil("\n\n\r\n"));
        QVERIFY(two.received().find("id: 1\n") == Bytes::npos);
    }

    void framesAsAsked()
    {
        const QByteArray answer = m_run->answer("/events?interval=0&count=1&framing=identity");
        QVERIFY(!answer.contains("chunked"));
        QVERIFY(answer.contains("\r\n\r\nretry: 3000\n\nid: 1\n"));
        QVERIFY(answer.endsWith("}\n\n FIN"));
        RawClient old(m_run->port());
        old.send("GET /events?interval=0&count=1 HTTP/1.0\r\n\r\n");
        QVERIFY(old.readToEnd() == RawClient::End::Fin);
        QVERIFY(old.received().find("chunked") == Bytes::npos);
    }

    void paysOutAsTheReaderReads()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/events?interval=0&size=1000"));
        QVERIFY(client.readUntil("retry"));
        const auto sent = [&] { return m_run->server().status().eventsSent; };
        std::uint64_t before = 0;
        QTRY_VERIFY(std::exchange(before, sent()) == sent() && before > 100); // it has stopped
        QVERIFY(before < 100'000);
        QVERIFY(client.readBytes(50'000'000));
        QVERIFY(sent() > before);
    }

    void givesAllToAFastReader()
    {
        RawClient client(m_run->port());
        client.send(getRequest(m_run->port(), "/events?interval=0&count=200000&size=120&framing=identity"));
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().find("id: 200000\n") != Bytes::npos);
        QVERIFY(client.received().find("id: 200001\n") == Bytes::npos);
    }

    void ticksOverWebSocket()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/ticks?interval=1&count=3"));
        QVERIFY(client.readUntil("\x88\x14\x03\xE8the feed has ended"));
        QVERIFY(client.received().starts_with(openingAnswer() + "\x81"));
        for (const char *data : {"{\"id\":1,\"ts\":", "{\"id\":2,\"ts\":", "{\"id\":3,\"ts\":"})
            QVERIFY(client.received().find(data) != Bytes::npos);
        client.send("\x88\x82\0\0\0\0\x03\xE8"s);
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
    }

    void cutsTicksWithoutAFrame()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/ticks?interval=0&drop=2"));
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().ends_with("}"));
        QVERIFY(client.received().find("{\"id\":2,") != Bytes::npos &&
                client.received().find("{\"id\":3,") == Bytes::npos);
    }

    void stopsTicksWhenTheClientCloses()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/ticks?interval=1"));
        QVERIFY(client.readUntil("{\"id\":2,"));
        client.send("\x88\x82\0\0\0\0\x03\xE8"s);
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().ends_with("\x88\x02\x03\xE8"));
    }
};

PUSHSCOPE_TEST(FeedExchangeTest)
#include "feedexchangetest.moc"
