#include "core/capture/details/http2flow.h"

#include "tests/support/http2builder.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>

using namespace pushscope;
using test::Http2Builder;

class Http2FlowTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Http2Builder> m_builder;
    std::unique_ptr<Http2Flow> m_flow;

    static Bytes number(std::uint32_t value)
    {
        Bytes bytes;
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes += static_cast<char>(value >> shift & 0xff);
        return bytes;
    }
    void open(std::uint32_t stream, std::uint8_t flags = Http2Flag::EndHeaders | Http2Flag::EndStream)
    {
        m_builder->frame({.type = Http2FrameType::Headers, .flags = flags, .stream = stream}, "block", Direction::Out);
    }
    void data(std::uint32_t stream, std::size_t bytes, Direction direction = Direction::In, std::uint8_t flags = 0)
    {
        m_builder->frame({.type = Http2FrameType::Data, .flags = flags, .stream = stream}, Bytes(bytes, '.'),
                         direction);
    }
    void update(std::uint32_t stream, std::uint32_t increment, Direction direction = Direction::Out)
    {
        m_builder->frame({.type = Http2FrameType::WindowUpdate, .stream = stream}, number(increment), direction);
    }
    void announceWindow(std::uint32_t bytes, Direction direction)
    {
        m_builder->frame({.type = Http2FrameType::Settings}, Bytes("\0\x04", 2) + number(bytes), direction);
    }
    void acknowledge(Direction direction)
    {
        m_builder->frame({.type = Http2FrameType::Settings, .flags = Http2Flag::Ack}, "", direction);
    }
    const Http2ConnectionFlow &connection()
    {
        m_flow->advance();
        return *m_flow->connection(ConnectionId(1));
    }
    const Http2StreamFlow &stream(std::uint32_t id) { return connection().streams.at(id); }

private Q_SLOTS:
    void init()
    {
        m_builder = std::make_unique<Http2Builder>();
        m_flow = std::make_unique<Http2Flow>(m_builder->capture);
    }

    void dataFillsAndUpdatesEmpty()
    {
        m_builder->time = 10;
        open(1);
        m_builder->time = 20;
        data(1, 1000);
        QCOMPARE(stream(1).in.left(), 64535);
        QCOMPARE(connection().in.left(), 64535);
        QCOMPARE(connection().out.left(), 65535);
        m_builder->time = 30;
        update(1, 600);
        update(0, 1'000'000);
        QCOMPARE(stream(1).in.left(), 65135);
        QCOMPARE(connection().in.left(), 1'064'535);
        QCOMPARE(connection().in.highest(), 1'064'535);
        QCOMPARE(stream(1).in.at(25)->left, 64535);
        QCOMPARE(stream(1).openedAt, 10);
    }

    void weMaySendToo()
    {
        open(1, Http2Flag::EndHeaders);
        data(1, 500, Direction::Out);
        QCOMPARE(stream(1).out.left(), 65035);
        QCOMPARE(stream(1).in.left(), 65535);
        update(1, 100, Direction::In);
        QCOMPARE(stream(1).out.left(), 65135);
        QCOMPARE(connection().out.left(), 65035);
    }

    /// RFC 9113 section 6.9.1.
    void paddingCounts()
    {
        open(1);
        m_builder->frame({.type = Http2FrameType::Data, .flags = Http2Flag::Padded, .stream = 1},
                         ByteView("\x03x\0\0\0", 5));
        QCOMPARE(stream(1).in.left(), 65530);
    }

    /// RFC 9113 sections 6.5.3, 6.9.2.
    void settingsBindFromTheirAcknowledgementOn()
    {
        announceWindow(1'000'000, Direction::Out);
        open(1);
        QCOMPARE(stream(1).in.left(), 65535);
        data(1, 535);
        acknowledge(Direction::In);
        QCOMPARE(stream(1).in.left(), 999'465);
        QCOMPARE(stream(1).in.initial(), 1'000'000);
        QCOMPARE(connection().in.left(), 65000); // SETTINGS do not touch it
        open(3);
        QCOMPARE(stream(3).in.left(), 1'000'000);
        QCOMPARE(stream(3).out.left(), 65535); // that is the server's to say
        announceWindow(100, Direction::In);
        acknowledge(Direction::Out);
        QCOMPARE(stream(3).out.left(), 100);
        QCOMPARE(stream(3).in.left(), 1'000'000);
        QVERIFY(connection().theirs.values()[2].isAcknowledged);
    }

    void aWindowMayGoBelowZero()
    {
        open(1, Http2Flag::EndHeaders);
        data(1, 60'000, Direction::Out);
        announceWindow(16'384, Direction::In);
        acknowledge(Direction::Out);
        QCOMPARE(stream(1).out.left(), -43'616);
    }

    void streamsOpenAndClose()
    {
        open(1);
        open(3, Http2Flag::EndHeaders);
        open(5);
        QCOMPARE(connection().openStreams, 3u);
        data(1, 1, Direction::In, Http2Flag::EndStream);
        QVERIFY(!stream(1).isOpen());
        data(3, 1, Direction::In, Http2Flag::EndStream);
        QVERIFY(stream(3).isOpen() && stream(3).endedIn && !stream(3).endedOut);
        data(3, 0, Direction::Out, Http2Flag::EndStream);
        QVERIFY(!stream(3).isOpen());
        m_builder->time = 99;
        m_builder->frame({.type = Http2FrameType::RstStream, .stream = 5}, number(8));
        QCOMPARE(stream(5).closedAt, std::optional<std::int64_t>(99));
        QCOMPARE(connection().openStreams, 0u);
        // What still comes counts for the connection alone.
        data(5, 1000);
        QCOMPARE(stream(5).in.left(), 65535);
        QCOMPARE(connection().in.left(), 64533);
    }

    void pushes()
    {
        open(1);
        m_builder->session = 7;
        m_builder->frame({.type = Http2FrameType::PushPromise, .flags = Http2Flag::EndHeaders, .stream = 1},
                         number(2) + "block");
        QVERIFY(stream(2).endedOut && stream(2).isOpen());
        QCOMPARE(stream(2).session, 7u);
        data(2, 10, Direction::In, Http2Flag::EndStream);
        QVERIFY(!stream(2).isOpen());
        QCOMPARE(stream(2).in.left(), 65525);
    }

    void endsThatNoFrameTells()
    {
        open(1);
        open(3);
        m_builder->stream = 1;
        m_builder->facts(RecordKind::End, EndFacts{});
        QVERIFY(!stream(1).isOpen() && stream(3).isOpen());
        QVERIFY(!connection().endedAt);
        m_builder->stream = 0;
        m_builder->time = 5;
        m_builder->facts(RecordKind::End, EndFacts{});
        QVERIFY(!stream(3).isOpen());
        QCOMPARE(connection().endedAt, std::optional<std::int64_t>(5));
        QCOMPARE(connection().openStreams, 0u);
    }

    void connectionsAreKeptApart()
    {
        open(1);
        m_builder->connection = 2;
        open(1);
        data(1, 100);
        QCOMPARE(stream(1).in.left(), 65535);
        QCOMPARE(m_flow->stream(ConnectionId(2), StreamId(1))->in.left(), 65435);
        QVERIFY(m_flow->connection(ConnectionId(3)) == nullptr);
        QVERIFY(m_flow->stream(ConnectionId(2), StreamId(3)) == nullptr);
    }

    void itTakesAStretchAtATime()
    {
        open(1);
        data(1, 1);
        QVERIFY(m_flow->advance(2));
        QCOMPARE(m_flow->position(), 2u);
        QCOMPARE(m_flow->stream(ConnectionId(1), StreamId(1))->in.left(), 65535);
        QVERIFY(!m_flow->advance());
        QCOMPARE(m_flow->stream(ConnectionId(1), StreamId(1))->in.left(), 65534);
    }

    void framesWithoutSense()
    {
        for (int type = 0; type < 20; ++type) {
            for (const ByteView payload : {ByteView(""), ByteView("\xFF\xFF\xFF"), ByteView("\0\0\0\0\0\0\0\0", 8)}) {
                for (const std::uint32_t id : {0u, 1u, 0x7fffffffu})
                    m_builder->frame({.type = static_cast<Http2FrameType>(type), .flags = 0xFF, .stream = id}, payload);
            }
        }
        m_builder->whole(RecordKind::H2Data, "short");
        QVERIFY(connection().streams.find(0) == connection().streams.end());
    }
};

PUSHSCOPE_TEST(Http2FlowTest)
#include "http2flowtest.moc"
