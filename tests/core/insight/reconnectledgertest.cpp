#include "core/insight/reconnectledger.h"

#include "tests/support/http2builder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::Http2Builder;

namespace {

constexpr std::int64_t Millisecond = 1'000'000;

/// Writes what an engine writes of a session that comes and goes.
class Story : public Http2Builder
{
public:
    std::uint32_t attempt = 0;
    std::optional<std::string> sent;

    void connect(Cause cause = Cause::Start)
    {
        ++attempt;
        state(SessionState::Connecting, cause);
    }
    void open(const char *status = "200 OK")
    {
        whole(RecordKind::HttpResponse, "HTTP/1.1 " + std::string(status) + "\r\n\r\n");
        state(SessionState::Open);
    }
    Seq event(const std::string &id)
    {
        return whole(RecordKind::SseEvent, "id: " + id + "\ndata\n\n", Direction::In, RecordFlag::IdSet);
    }
    void end(Verdict verdict, const char *text = "", std::uint64_t pending = 0)
    {
        facts(RecordKind::End, EndFacts{verdict, "peer", "", pending, text});
    }
    Seq wait(Cause cause, double delay = 3000, DelaySource source = DelaySource::Default)
    {
        StateFacts wait;
        wait.delayMs = delay;
        wait.delaySource = source;
        return state(SessionState::Waiting, cause, wait);
    }
    Seq state(SessionState state, Cause cause = Cause::None, StateFacts facts = {})
    {
        facts.state = state;
        facts.attempt = attempt;
        facts.cause = cause;
        facts.idSent = sent;
        return this->facts(RecordKind::State, facts);
    }
};

QString idWord(IdSent sent)
{
    switch (sent) {
    case IdSent::Nothing: return QStringLiteral("nothing");
    case IdSent::Given: return QStringLiteral("given");
    case IdSent::Same: return QStringLiteral("same");
    case IdSent::Other: return QStringLiteral("other");
    case IdSent::Emptied: return QStringLiteral("emptied");
    }
    return {};
}

QString text(std::string_view word)
{
    return QString::fromUtf8(word.data(), qsizetype(word.size()));
}

QString milliseconds(const std::optional<std::int64_t> &time)
{
    return time ? QString::number(*time / Millisecond) : QStringLiteral("-");
}

/// "1 at 0 open 5 end 9 clean waiting 3000 default till 12, 2 events, sent nothing"
QString line(const LedgerEntry &entry)
{
    QStringList words{QString::number(entry.attempt), QStringLiteral("at"),         milliseconds(entry.beganAt),
                      QStringLiteral("open"),         milliseconds(entry.openedAt), QStringLiteral("end"),
                      milliseconds(entry.endedAt),    text(word(entry.cause)),      text(word(entry.state))};
    if (entry.delayMs)
        words << QString::number(*entry.delayMs) << text(word(entry.delaySource)) << QStringLiteral("till")
              << milliseconds(entry.waitEndedAt);
    words << QStringLiteral("events") << QString::number(entry.events) << QStringLiteral("sent")
          << idWord(entry.idSent);
    return words.join(u' ');
}

QStringList lines(const ReconnectLedger &ledger)
{
    QStringList lines;
    for (const LedgerEntry &entry : ledger.entries())
        lines << line(entry);
    return lines;
}

} // namespace

class ReconnectLedgerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsEachAttempt()
    {
        Story story;
        ReconnectLedger ledger(story.capture, SessionId(1));
        QVERIFY(!ledger.advance());
        QVERIFY(ledger.entries().empty());
        story.facts(RecordKind::Session, SessionFacts{"feed", "http://h/", "sse"});
        story.connect();
        story.time = 5 * Millisecond;
        story.open();
        story.event("1");
        const Seq last = story.event("2");
        story.time = 9 * Millisecond;
        story.end(Verdict::Cut, "cut mid-event, 4 bytes unfinished", 4);
        story.wait(Cause::Cut, 3, DelaySource::Retry);
        story.time = 12 * Millisecond;
        story.sent = "2";
        story.connect(Cause::Cut);
        while (ledger.advance(1)) {
        }
        QCOMPARE(lines(ledger),
                 (QStringList{QStringLiteral("1 at 0 open 5 end 9 cut waiting 3 retry till 12 events 2 sent nothing"),
                              QStringLiteral("2 at 12 open - end -  connecting events 0 sent same")}));
        const LedgerEntry &first = ledger.entries().front();
        QCOMPARE(first.status, 200);
        QCOMPARE(first.pendingBytes, 4u);
        QCOMPARE(first.verdict, std::optional(Verdict::Cut));
        QCOMPARE(first.lastEvent, last);
        QCOMPARE(first.idSetBy, last);
        const LedgerTexts texts = textsOf(*story.capture, first);
        QCOMPARE(texts.verdict, std::string("cut mid-event, 4 bytes unfinished"));
        QCOMPARE(texts.idSeen, std::optional<std::string>("2"));
        QVERIFY(!texts.idSent && !texts.idBefore);
        QCOMPARE(textsOf(*story.capture, ledger.entries().back()).idBefore, std::optional<std::string>("2"));

        story.open();
        story.event("5");
        story.facts(RecordKind::Resume, ResumeFacts{IdKind::Numeric, 2, 0, 1, false});
        story.facts(RecordKind::Error, ErrorFacts{"tcp.reset", "the peer reset the connection"});
        story.end(Verdict::Reset, "reset after data");
        story.state(SessionState::Failed, Cause::Limit);
        ledger.advance();
        const LedgerEntry &second = ledger.entries().back();
        QCOMPARE(line(second), QStringLiteral("2 at 12 open 12 end 12 limit failed events 1 sent same"));
        QCOMPARE(second.resume->gap, std::optional<std::uint64_t>(2));
        QCOMPARE(textsOf(*story.capture, second).errorCode, std::string("tcp.reset"));
        QCOMPARE(ledger.totals().attempts, 2u);
        QCOMPARE(ledger.totals().events, 3u);
        QCOMPARE(ledger.totals().gaps, 2u);
    }

    void comparesTheIdSentWithTheIdSeen()
    {
        Story story;
        const auto attempt = [&](std::optional<std::string> sent, const char *id) {
            story.sent = std::move(sent);
            story.connect();
            story.open();
            if (id != nullptr)
                story.event(id);
            story.wait(Cause::Clean);
        };
        attempt({}, nullptr);
        attempt("9", nullptr);
        attempt("9", "10");
        attempt("10", "");
        attempt({}, "11");
        attempt("7", nullptr);
        attempt("11", " a b ");
        attempt("a b", " \t");
        attempt({}, nullptr);
        ReconnectLedger ledger(story.capture, SessionId(1));
        ledger.advance();
        QStringList sent;
        for (const LedgerEntry &entry : ledger.entries())
            sent << idWord(entry.idSent);
        QCOMPARE(sent.join(u' '), QStringLiteral("nothing given given same emptied other same same emptied"));
    }

    void whatTheUserDoesWhileItWaits()
    {
        Story story;
        story.connect();
        story.end(Verdict::NeverAnswered, "never answered");
        const Seq waiting = story.wait(Cause::Refused, 1000, DelaySource::Policy);
        story.writer.appendFinding(waiting, 0, Rule::SessionReconnectStorm, 0, 0, 1000);
        story.time = 400 * Millisecond;
        story.state(SessionState::Closed, Cause::User);
        ReconnectLedger ledger(story.capture, SessionId(1));
        ledger.advance();
        QCOMPARE(lines(ledger), QStringList(QStringLiteral(
                                    "1 at 0 open - end 0 refused closed 1000 policy till 400 events 0 sent nothing")));
        QVERIFY(ledger.entries().back().storm);
        QCOMPARE(ledger.entries().back().outcome, waiting);
    }

    void aFrozenWait()
    {
        Story story;
        story.connect();
        story.wait(Cause::Clean, 1000);
        story.time = 400 * Millisecond;
        story.state(SessionState::Waiting, Cause::Clean); // frozen
        story.time = 5000 * Millisecond;
        story.connect(Cause::Clean);
        story.state(SessionState::Waiting, Cause::Refused); // frozen from the beginning
        ReconnectLedger ledger(story.capture, SessionId(1));
        ledger.advance();
        QCOMPARE(line(ledger.entries().front()),
                 QStringLiteral("1 at 0 open - end 0 clean waiting 1000 default till 5000 events 0 sent nothing"));
        QVERIFY(ledger.entries().front().frozen && ledger.entries().back().frozen);
        QVERIFY(!ledger.entries().back().delayMs);
    }

    void takesWhatIsItsOwn()
    {
        Story story;
        story.connect();
        story.state(SessionState::Connecting); // it waits for a stream
        story.open("103 Early Hints");
        story.stream = 1;
        story.end(Verdict::Clean, "its stream");
        story.stream = 0;
        story.end(Verdict::ByUs, "its connection");
        story.session = 2;
        story.event("other session");
        story.session = 1;
        story.whole(RecordKind::WsText, "sent", Direction::Out);
        Record companion = story.make(RecordKind::End, Direction::None);
        companion.flags = RecordFlag::Companion;
        story.attach(companion, EndFacts{Verdict::Cut, "", "", 0, "a companion"});
        story.append(companion);
        story.wait(Cause::Clean);
        story.end(Verdict::Cut, "a connection that lingered");
        ReconnectLedger ledger(story.capture, SessionId(1));
        ledger.advance();
        QCOMPARE(ledger.entries().size(), 1u);
        const LedgerEntry &entry = ledger.entries().back();
        QCOMPARE(textsOf(*story.capture, entry).verdict, std::string("its stream"));
        QCOMPARE(entry.events, 0u);
        QCOMPARE(entry.status, 0);
    }

    void anEventTooLargeToBeParsedAgain()
    {
        Story story;
        story.connect();
        story.open();
        story.whole(RecordKind::SseEvent, "id: 8\ndata: " + std::string(70'000, 'x') + "\n\n", Direction::In,
                    RecordFlag::IdSet);
        StateFacts facts;
        facts.idSeen = "8";
        story.state(SessionState::Waiting, Cause::Clean, facts);
        story.sent = "8";
        ++story.attempt;
        story.state(SessionState::Connecting, Cause::Clean, facts);
        ReconnectLedger ledger(story.capture, SessionId(1));
        ledger.advance();
        QCOMPARE(textsOf(*story.capture, ledger.entries().front()).idSeen, std::optional<std::string>("8"));
        QCOMPARE(ledger.entries().back().idSent, IdSent::Same);
    }

    void keepsTheLatest()
    {
        Story story;
        for (int i = 0; i < 7; ++i) {
            story.connect();
            story.wait(Cause::Refused);
        }
        ReconnectLedger ledger(story.capture, SessionId(1), 3);
        ledger.advance();
        QCOMPARE(ledger.entries().size(), 3u);
        QCOMPARE(ledger.entries().front().attempt, 5u);
        QCOMPARE(ledger.leftOut(), 4u);
        QCOMPARE(ledger.totals().attempts, 7u);
    }

    void damagedCapturesDoNoHarm()
    {
        Story story;
        story.end(Verdict::Clean);
        story.wait(Cause::Clean);
        story.event("1");
        story.facts(RecordKind::Resume, ResumeFacts{});
        story.append(story.make(RecordKind::State, Direction::None));
        story.append(story.make(RecordKind::Resume, Direction::None));
        story.connect();
        story.append(story.make(RecordKind::HttpResponse, Direction::In));
        story.append(story.make(RecordKind::End, Direction::None));
        ReconnectLedger ledger(story.capture, SessionId(1));
        ledger.advance();
        QCOMPARE(ledger.entries().size(), 1u);
        QVERIFY(textsOf(*story.capture, ledger.entries().back()).verdict.empty());
    }
};

PUSHSCOPE_TEST(ReconnectLedgerTest)
#include "reconnectledgertest.moc"
