#include "app/record/narrator.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

namespace {
StateFacts state(SessionState now, std::uint32_t attempt, Cause cause = Cause::None)
{
    StateFacts facts;
    facts.state = now;
    facts.attempt = attempt;
    facts.cause = cause;
    return facts;
}
} // namespace

class NarratorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_builder = std::make_unique<CaptureBuilder>();
        m_narrator = Narrator();
        tell(RecordKind::Session, SessionFacts{"feed", "http://h/feed", "sse"});
    }

    void anAttemptThatGoesWellIsNotTold()
    {
        QCOMPARE(tell(RecordKind::State, state(SessionState::Connecting, 1)), std::string());
        QCOMPARE(tell(RecordKind::State, state(SessionState::Open, 1)), std::string());
        QCOMPARE(tell(RecordKind::End, EndFacts{}), std::string());
        QCOMPARE(tell(RecordKind::State, state(SessionState::Closed, 1)), std::string());
    }

    void aStreamThatABrowserRefusesFailedWhoeverEndsIt()
    {
        tell(RecordKind::State, state(SessionState::Open, 1));
        tell(RecordKind::Error, ErrorFacts{"sse.content-type", "not text/event-stream"});
        QCOMPARE(tell(RecordKind::State, state(SessionState::Failed, 1)),
                 std::string("feed: sse.content-type: not text/event-stream"));
        QVERIFY(m_narrator.hasOtherFailure());
    }

    void aWaitSaysWhyAndHowLong()
    {
        tell(RecordKind::State, state(SessionState::Connecting, 3));
        tell(RecordKind::Error, ErrorFacts{"tcp.refused", "127.0.0.1:1 refused the connection"});
        StateFacts waiting = state(SessionState::Waiting, 3, Cause::Refused);
        waiting.delayMs = 1500;
        QCOMPARE(
            tell(RecordKind::State, waiting),
            std::string("feed: attempt 3 ended: tcp.refused: 127.0.0.1:1 refused the connection; the next in 1.5 s"));
        waiting.delayMs = 2147483647;
        QVERIFY(tell(RecordKind::State, waiting).ends_with("; the next in 2147483.647 s"));
    }

    void aCompanionRequestsErrorIsToldAndForgotten()
    {
        tell(RecordKind::State, state(SessionState::Open, 1));
        const Bytes facts = encode(ErrorFacts{"tcp.refused", "nobody there"});
        Record record = m_builder->make(RecordKind::Error, Direction::None);
        record.flags = RecordFlag::Companion;
        record.derived = m_builder->writer.appendBytes(facts);
        record.derivedLength = static_cast<std::uint32_t>(facts.size());
        const auto line = m_narrator.take(*m_builder->capture, m_builder->append(record));
        QCOMPARE(line.value_or(""), std::string("feed: a companion request failed: tcp.refused: nobody there"));
        QCOMPARE(tell(RecordKind::State, state(SessionState::Waiting, 1, Cause::Clean)),
                 std::string("feed: attempt 1 ended: clean; the next in 0 s"));
    }

    void anEndWithoutErrorHasItsReason()
    {
        StateFacts waiting = state(SessionState::Waiting, 1, Cause::Clean);
        QCOMPARE(tell(RecordKind::State, waiting), std::string("feed: attempt 1 ended: clean; the next in 0 s"));
        waiting.reason = "ended cleanly";
        QCOMPARE(tell(RecordKind::State, waiting),
                 std::string("feed: attempt 1 ended: ended cleanly; the next in 0 s"));
    }

    void anErrorIsForgottenWithItsAttempt()
    {
        tell(RecordKind::Error, ErrorFacts{"tcp.refused", "no"});
        tell(RecordKind::State, state(SessionState::Connecting, 2));
        QCOMPARE(tell(RecordKind::State, state(SessionState::Waiting, 2, Cause::Cut)),
                 std::string("feed: attempt 2 ended: cut; the next in 0 s"));
    }

    void whatALimitCutOffIsToldOnce()
    {
        const Seq event = m_builder->whole(RecordKind::SseEvent, "data: a\n\n");
        const auto find = [&](Rule rule) {
            const Seq finding = m_builder->writer.appendFinding(event, 0, rule, 0, 0, 0);
            m_builder->writer.publish();
            return m_narrator.take(*m_builder->capture, finding).value_or("");
        };
        QCOMPARE(find(Rule::SseBom), std::string());
        QVERIFY(!m_narrator.hasOtherFailure());
        QCOMPARE(find(Rule::SseEventTooLarge),
                 std::string("feed: sse.event-too-large: An event or line is larger than the limit, so only its "
                             "beginning is kept"));
        QVERIFY(m_narrator.hasOtherFailure());
        QCOMPARE(find(Rule::SseEventTooLarge), std::string());
        QVERIFY(find(Rule::SseLineTooLong).starts_with("feed: sse.line-too-long: "));
    }

    void aFailureIsTheLastLine()
    {
        tell(RecordKind::Error, ErrorFacts{"http.status", "the answer is 404 Not Found"});
        QCOMPARE(tell(RecordKind::State, state(SessionState::Failed, 1, Cause::Status)),
                 std::string("feed: http.status: the answer is 404 Not Found"));
    }

    void whatNeverLeftIsToldAndRemembered()
    {
        tell(RecordKind::Error, ErrorFacts{"http2.window-closed", "30 bytes of ours never left"});
        QVERIFY(!m_narrator.hasOtherFailure());
        QCOMPARE(tell(RecordKind::State, state(SessionState::Closed, 1, Cause::User)),
                 std::string("feed: http2.window-closed: 30 bytes of ours never left"));
        QVERIFY(m_narrator.hasOtherFailure());
    }

    void anEndThatWasWantedIsNotTold()
    {
        tell(RecordKind::Error, ErrorFacts{"tcp.reset", "the peer reset the connection"});
        QCOMPARE(tell(RecordKind::State, state(SessionState::Closed, 1, Cause::User)), std::string());
        QVERIFY(!m_narrator.hasOtherFailure());
    }

    /// Once, though each attempt says it again; and it explains no end.
    void aRefusedWishIsToldAtOnce()
    {
        tell(RecordKind::State, state(SessionState::Connecting, 1));
        const ErrorFacts refusal{"usage", "the field Connection is not sent: HTTP/2 has no place for it"};
        QCOMPARE(tell(RecordKind::Error, refusal), "feed: " + refusal.text);
        QCOMPARE(tell(RecordKind::State, state(SessionState::Waiting, 1, Cause::Cut)),
                 std::string("feed: attempt 1 ended: cut; the next in 0 s"));
        tell(RecordKind::State, state(SessionState::Connecting, 2));
        QCOMPARE(tell(RecordKind::Error, refusal), std::string());
    }

    void sessionsAreToldApart()
    {
        tell(RecordKind::Error, ErrorFacts{"tcp.refused", "no"});
        m_builder->session = 2;
        tell(RecordKind::Session, SessionFacts{"other", "http://o/", "sse"});
        QCOMPARE(tell(RecordKind::State, state(SessionState::Failed, 1, Cause::Cut)), std::string("other: cut"));
    }

    void aConnectionThatFailsBehindTheEndIsTold()
    {
        tell(RecordKind::State, state(SessionState::Open, 1));
        tell(RecordKind::State, state(SessionState::Closed, 1));
        QCOMPARE(tell(RecordKind::Error, ErrorFacts{"http2.protocol", "a frame came behind END_STREAM"}),
                 std::string("feed: its connection failed behind its end: http2.protocol: a frame came behind "
                             "END_STREAM"));
        QVERIFY(m_narrator.hasOtherFailure());
    }

    void aConnectionThatFailsDuringTheWaitIsToldWithoutBeingTheEnd()
    {
        tell(RecordKind::State, state(SessionState::Waiting, 1));
        QVERIFY(!tell(RecordKind::Error, ErrorFacts{"http2.protocol", "no"}).empty());
        m_builder->connection = 2;
        tell(RecordKind::State, state(SessionState::Connecting, 2));
        m_builder->connection = 1;
        QVERIFY(!tell(RecordKind::Error, ErrorFacts{"http2.protocol", "no"}).empty());
        QVERIFY(!m_narrator.hasOtherFailure());
        m_builder->connection = 2;
        QCOMPARE(tell(RecordKind::State, state(SessionState::Failed, 2, Cause::Cut)), std::string("feed: cut"));
    }

    void whatASessionIsToldWrongToDoIsNoFailure()
    {
        tell(RecordKind::State, state(SessionState::Closed, 1));
        QCOMPARE(tell(RecordKind::Error, ErrorFacts{"usage", "this makes no sense"}), std::string());
        QVERIFY(!m_narrator.hasOtherFailure());
    }

private:
    template <class Facts>
    std::string tell(RecordKind kind, const Facts &facts)
    {
        const Seq seq = m_builder->facts(kind, facts);
        return m_narrator.take(*m_builder->capture, seq).value_or("");
    }

    std::unique_ptr<CaptureBuilder> m_builder;
    Narrator m_narrator;
};

PUSHSCOPE_TEST(NarratorTest)

#include "narratortest.moc"
