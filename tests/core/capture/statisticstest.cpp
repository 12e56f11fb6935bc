#include "core/capture/statistics.h"

#include "tests/support/http2builder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;
using test::Http2Builder;

class StatisticsTest : public QObject
{
    Q_OBJECT
    static constexpr std::int64_t Second = 1'000'000'000;

    static void enter(CaptureBuilder &builder, SessionState state, std::uint32_t attempt, Cause cause = Cause::None)
    {
        StateFacts facts;
        facts.state = state;
        facts.attempt = attempt;
        facts.cause = cause;
        builder.facts(RecordKind::State, facts);
    }

private Q_SLOTS:
    /// Its bytes are the session's; its messages, its error and its end say nothing of the stream.
    void aCompanionRequestIsBesideTheStream()
    {
        CaptureBuilder builder;
        Statistics statistics(builder.capture);
        builder.facts(RecordKind::Tcp, TcpFacts{});
        enter(builder, SessionState::Open, 1);
        builder.whole(RecordKind::SseEvent, "data: x\n\n");
        builder.connection = 2;
        const auto add = [&builder](RecordKind kind, const Bytes &facts) {
            Record record = builder.make(kind, Direction::In);
            record.flags = RecordFlag::Companion;
            record.derived = builder.writer.appendBytes(facts);
            record.derivedLength = static_cast<std::uint32_t>(facts.size());
            builder.append(record);
        };
        add(RecordKind::Tcp, encode(TcpFacts{}));
        add(RecordKind::HttpResponse, encode(ResponseFacts{}));
        add(RecordKind::SseEvent, {});
        statistics.advance();
        QCOMPARE(statistics.openConnections(), 2u);
        add(RecordKind::Error, encode(ErrorFacts{"tcp.reset", ""}));
        add(RecordKind::End, encode(EndFacts{Verdict::Reset, "peer", "", 0, ""}));
        statistics.advance();
        const SessionSummary *session = statistics.session(SessionId(1));
        QCOMPARE(session->messagesIn, 1u);
        QCOMPARE(statistics.rateHistory(SessionId(1), Second, 1).front(), 1u);
        QCOMPARE(session->connection, 1u);
        QCOMPARE(session->errorCode, std::string());
        QCOMPARE(session->verdict, std::string());
        QCOMPARE(statistics.openConnections(), 1u);
    }

    void aSessionsLife()
    {
        CaptureBuilder builder;
        Statistics statistics(builder.capture);
        QVERIFY(!statistics.advance());
        builder.connection = 0;
        builder.facts(RecordKind::Session, SessionFacts{"feed", "http://h/", "sse"});
        enter(builder, SessionState::Connecting, 1);
        builder.connection = 1;
        builder.facts(RecordKind::Tcp, TcpFacts{});
        enter(builder, SessionState::Securing, 1);
        enter(builder, SessionState::Requesting, 1);
        builder.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\n\r\n");
        builder.time = 2 * Second;
        enter(builder, SessionState::Open, 1);
        builder.whole(RecordKind::SseEvent, "data: x\n\n");
        QVERIFY(!statistics.advance());
        const SessionSummary *session = statistics.session(SessionId(1));
        QVERIFY(session != nullptr);
        QCOMPARE(session->name, std::string("feed"));
        QCOMPARE(session->url, std::string("http://h/"));
        QCOMPARE(session->state, SessionState::Open);
        QCOMPARE(session->stateSince, 2 * Second);
        QCOMPARE(session->connection, 1u);
        QCOMPARE(session->httpVersion, std::string("1.1"));
        QCOMPARE(session->messagesIn, 1u);
        QCOMPARE(session->bytesIn, 28u);
        QCOMPARE(session->reconnects, 0u);
        QCOMPARE(session->firstSeq, 1u);
        QCOMPARE(session->lastSeq, statistics.position());
        QCOMPARE(statistics.openConnections(), 1u);

        builder.facts(RecordKind::End, EndFacts{Verdict::Reset, "network", "", 0, ""});
        builder.facts(RecordKind::Error, ErrorFacts{"tcp.reset", ""});
        enter(builder, SessionState::Waiting, 1, Cause::Reset);
        statistics.advance();
        session = statistics.session(SessionId(1));
        QCOMPARE(session->verdict, std::string("reset"));
        QCOMPARE(session->errorCode, std::string("tcp.reset"));
        QCOMPARE(session->lastState.cause, Cause::Reset);
        QCOMPARE(statistics.openConnections(), 0u);

        enter(builder, SessionState::Connecting, 2);
        enter(builder, SessionState::Connecting, 2);
        enter(builder, SessionState::Open, 2);
        builder.facts(RecordKind::Resume, ResumeFacts{IdKind::Numeric, 4, 2, 0, false});
        statistics.advance();
        session = statistics.session(SessionId(1));
        QCOMPARE(session->reconnects, 1u);
        QCOMPARE(session->gaps, 4u);
        QCOMPARE(session->duplicates, 2u);
        QVERIFY(session->verdict.empty() && session->errorCode.empty());
    }

    void sessionsAreKeptApart()
    {
        CaptureBuilder builder;
        Statistics statistics(builder.capture);
        for (std::uint32_t round = 0; round < 10; ++round) {
            builder.session = builder.connection = 1 + round % 3;
            builder.whole(RecordKind::SseEvent, "data\n\n");
            builder.framed(RecordKind::WsText, ByteView("\x81\x00", 2), Direction::Out);
        }
        builder.writer.appendFinding(Seq(2), 0, Rule::SseBom, 0, 0, 0);
        builder.session = 0;
        builder.read("of nobody");
        statistics.advance();
        QCOMPARE(statistics.sessions().size(), 3u);
        QCOMPARE(statistics.session(SessionId(1))->messagesIn, 4u);
        QCOMPARE(statistics.session(SessionId(3))->messagesOut, 3u);
        QCOMPARE(statistics.session(SessionId(1))->findings, 1u);
        QCOMPARE(statistics.session(SessionId(2))->bytesOut, 6u);
        QVERIFY(statistics.session(SessionId(9)) == nullptr);
    }

    void sessionsShareAConnection()
    {
        Http2Builder builder;
        Statistics statistics(builder.capture);
        builder.facts(RecordKind::Tcp, TcpFacts{});
        const auto data = [&](std::uint32_t session, std::uint32_t stream, ByteView bytes) {
            builder.session = session;
            builder.frame({.type = Http2FrameType::Data, .stream = stream}, bytes);
        };
        builder.read("x"); // of the opener, as far as anybody knows by now
        statistics.advance();
        QCOMPARE(statistics.session(SessionId(1))->bytesIn, 1u);
        data(1, 1, "abc");
        data(2, 3, "defg");
        data(2, 2, "pushed");
        builder.frame({.type = Http2FrameType::WindowUpdate, .stream = 3}, "1234", Direction::Out);
        builder.stream = 3;
        builder.facts(RecordKind::HttpResponse, ResponseFacts{});
        statistics.advance();
        QCOMPARE(statistics.session(SessionId(1))->bytesIn, 12u);
        QCOMPARE(statistics.session(SessionId(1))->framesIn, 1u);
        const SessionSummary *second = statistics.session(SessionId(2));
        QCOMPARE(second->bytesIn, 28u);
        QCOMPARE(second->bytesOut, 13u);
        QCOMPARE(second->pushedBytes, 15u);
        QCOMPARE(second->framesIn, 2u);
        QCOMPARE(second->framesOut, 1u);
        QCOMPARE(second->httpVersion, std::string("2"));
        QCOMPARE(statistics.openConnections(), 1u);
    }

    void streamsEndBeforeTheirConnection()
    {
        CaptureBuilder builder;
        Statistics statistics(builder.capture);
        builder.facts(RecordKind::Tcp, TcpFacts{});
        const auto end = [&](std::uint32_t session, std::uint32_t connection, std::uint32_t stream, Verdict verdict) {
            builder.session = session;
            builder.connection = connection;
            builder.stream = stream;
            builder.facts(RecordKind::End, EndFacts{verdict, "peer", "", 0, ""});
            statistics.advance();
        };
        end(2, 1, 3, Verdict::Clean);
        QCOMPARE(statistics.session(SessionId(2))->verdict, std::string("clean"));
        QCOMPARE(statistics.openConnections(), 1u);
        end(1, 1, 1, Verdict::Reset);
        end(1, 1, 0, Verdict::ByUs);
        QCOMPARE(statistics.session(SessionId(1))->verdict, std::string("reset"));
        QCOMPARE(statistics.openConnections(), 0u);
        // It went on over another connection; the end of its first one comes late.
        end(1, 5, 1, Verdict::Clean);
        end(1, 4, 0, Verdict::Cut);
        QCOMPARE(statistics.session(SessionId(1))->verdict, std::string("clean"));
        QCOMPARE(statistics.session(SessionId(1))->connection, 5u);
        // A connection that ended before any stream did.
        end(1, 6, 0, Verdict::NeverAnswered);
        QCOMPARE(statistics.session(SessionId(1))->verdict, std::string("never-answered"));
    }

    void itTakesAStretchAtATime()
    {
        CaptureBuilder builder;
        Statistics statistics(builder.capture);
        for (int i = 0; i < 10; ++i)
            builder.read("x");
        QVERIFY(statistics.advance(4));
        QCOMPARE(statistics.position(), 4u);
        QVERIFY(statistics.advance(4));
        QVERIFY(!statistics.advance(4));
        QCOMPARE(statistics.session(SessionId(1))->bytesIn, 10u);
    }

    void ratesAreOfWholeSeconds()
    {
        CaptureBuilder builder;
        Statistics statistics(builder.capture);
        const auto messages = [&](std::int64_t second, int count) {
            builder.time = second * Second + 5;
            for (int i = 0; i < count; ++i)
                builder.append(builder.make(RecordKind::WsText, Direction::In));
        };
        messages(0, 1);
        messages(3, 2);
        messages(4, 3);
        statistics.advance();
        QCOMPARE(statistics.rateHistory(SessionId(1), 5 * Second, 6), (std::vector<std::uint32_t>{0, 1, 0, 0, 2, 3}));
        QCOMPARE(statistics.rateHistory(SessionId(1), 4 * Second + 999, 2), (std::vector<std::uint32_t>{0, 2}));
        QCOMPARE(statistics.rateHistory(SessionId(1), 200 * Second, 2), (std::vector<std::uint32_t>{0, 0}));
        QCOMPARE(statistics.rateHistory(SessionId(7), 5 * Second, 2), (std::vector<std::uint32_t>{0, 0}));
        messages(130, 7);
        statistics.advance();
        const auto history = statistics.rateHistory(SessionId(1), 131 * Second, 131);
        QCOMPARE(history.front(), 1u);
        QCOMPARE(history.back(), 7u);
        messages(1000, 1);
        statistics.advance();
        QCOMPARE(statistics.rateHistory(SessionId(1), 1001 * Second, 200).front(), 0u);
        QCOMPARE(statistics.rateHistory(SessionId(1), 1001 * Second, 1), (std::vector<std::uint32_t>{1}));
        QCOMPARE(statistics.rateHistory(SessionId(1), 131 * Second, 1), (std::vector<std::uint32_t>{0})); // long ago
    }
};

PUSHSCOPE_TEST(StatisticsTest)
#include "statisticstest.moc"
