#include "ui/text/ledgerwords.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <functional>

using namespace pushscope;

namespace {

constexpr std::int64_t Second = 1'000'000'000;

/// One that was open for two seconds and whose wait of three is over.
LedgerEntry ended(Cause cause)
{
    LedgerEntry entry;
    entry.attempt = 2;
    entry.began = Seq(1);
    entry.opened = Seq(2);
    entry.outcome = Seq(3);
    entry.openedAt = Second;
    entry.endedAt = 3 * Second;
    entry.waitEndedAt = 6 * Second;
    entry.cause = cause;
    entry.state = SessionState::Waiting;
    entry.delayMs = 3000;
    entry.delaySource = DelaySource::Retry;
    return entry;
}

LedgerEntry with(Cause cause, const std::function<void(LedgerEntry &)> &change)
{
    LedgerEntry entry = ended(cause);
    change(entry);
    return entry;
}

LedgerTexts said(const char *verdict, const char *reason = "", const char *code = "")
{
    LedgerTexts texts;
    texts.verdict = verdict;
    texts.reason = reason;
    texts.errorCode = code;
    return texts;
}

} // namespace

class LedgerWordsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsInWords()
    {
        QCOMPARE(endOf(ended(Cause::Clean), said("ended cleanly", "ended cleanly")),
                 QStringLiteral("\u25CB clean end: ended cleanly"));
        QVERIFY(!endOf(ended(Cause::None), LedgerTexts()).isEmpty()); // as no engine writes it, but a file may
        QCOMPARE(endOf(with(Cause::Cut, [](LedgerEntry &e) { e.pendingBytes = 4; }),
                       said("cut mid-event, 4 bytes unfinished")),
                 QStringLiteral("\u2715 cut mid-event, 4 bytes unfinished"));
        QCOMPARE(endOf(ended(Cause::Cut), said("cut inside the answer's framing")),
                 QStringLiteral("\u2715 cut between events: cut inside the answer's framing"));
        QCOMPARE(endOf(with(Cause::Cut, [](LedgerEntry &e) { e.openedAt.reset(); }),
                       said("the peer closed without an answer")),
                 QStringLiteral("\u2715 closed before it was open: the peer closed without an answer"));
        QCOMPARE(endOf(ended(Cause::Reset), said("reset after data", "the peer reset the connection")),
                 QStringLiteral("\u2715 reset after data: the peer reset the connection"));
        QCOMPARE(
            endOf(ended(Cause::Timeout),
                  said("ended by us: silent for too long", "nothing came for 5 s", "timeout.idle")),
            QStringLiteral("\u2715 time-out: the watchdog: ended by us: silent for too long \u00B7 nothing came for "
                           "5 s"));
        QCOMPARE(endOf(with(Cause::Status, [](LedgerEntry &e) { e.status = 204; }), said("")),
                 QStringLiteral("\u2715 204 No Content: the server wants no reconnect"));
        QCOMPARE(endOf(with(Cause::Status, [](LedgerEntry &e) { e.status = 500; }), said("")),
                 QStringLiteral("\u2715 status 500"));
        QCOMPARE(endOf(ended(Cause::Drop), said("dropped by us after 2 events")),
                 QStringLiteral("\u25CB dropped by us after 2 events"));
        QCOMPARE(endOf(ended(Cause::Malformed), said("", "", "http.malformed")), QStringLiteral("\u2715 not HTTP"));
        QCOMPARE(endOf(ended(Cause::Malformed), said("ended by us", "", "http.content-coding")),
                 QStringLiteral("\u2715 content coding: ended by us"));
        LedgerEntry open;
        open.state = SessionState::Open;
        QCOMPARE(endOf(open, {}), QStringLiteral("\u25CF open"));
        open.state = SessionState::Connecting;
        QCOMPARE(endOf(open, {}), QStringLiteral("\u25CC connecting"));
    }

    void networkTextCannotAct()
    {
        QCOMPARE(endOf(ended(Cause::Reset), said("a\x1B]0;b")), QStringLiteral("\u2715 reset: a\u27E81B\u27E9]0;b"));
    }

    void everyCauseHasWords()
    {
        for (int cause = int(Cause::Clean); cause <= int(Cause::Capture); ++cause)
            QVERIFY2(endOf(ended(Cause(cause)), {}).size() > 3, qPrintable(QString::number(cause)));
    }

    void waitsSayWhy()
    {
        QCOMPARE(waitOf(ended(Cause::Clean)), QStringLiteral("3.0 s \u00B7 retry: server"));
        QCOMPARE(waitOf(with(Cause::Clean, [](LedgerEntry &e) { e.waitEndedAt = 4 * Second; })),
                 QStringLiteral("3.0 s \u00B7 retry: server \u00B7 ended by you after 1.0 s"));
        QCOMPARE(waitOf(with(Cause::Clean,
                             [](LedgerEntry &e) {
                                 e.state = SessionState::Closed;
                                 e.waitEndedAt = 4 * Second;
                             })),
                 QStringLiteral("3.0 s \u00B7 retry: server \u00B7 left by you after 1.0 s"));
        QCOMPARE(waitOf(with(Cause::Clean,
                             [](LedgerEntry &e) {
                                 e.delaySource = DelaySource::Policy;
                                 e.storm = true;
                             })),
                 QStringLiteral("3.0 s \u00B7 policy \u00B7 no shorter after so many reconnects"));
        const LedgerEntry frozen = with(Cause::Clean, [](LedgerEntry &e) {
            e.delayMs.reset();
            e.frozen = true;
            e.waitEndedAt = 13 * Second;
        });
        QCOMPARE(waitOf(frozen), QStringLiteral("frozen \u00B7 ended by you after 10.0 s"));
        const LedgerEntry over = with(Cause::Status, [](LedgerEntry &e) {
            e.delayMs.reset();
            e.state = SessionState::Failed;
        });
        QCOMPARE(waitOf(over), QStringLiteral("none: it failed for good"));
    }

    void idsSentAgainstIdsSeen()
    {
        LedgerTexts texts;
        texts.idSent = "9";
        texts.idBefore = "5";
        const auto sent = [&texts](IdSent how) {
            LedgerEntry entry;
            entry.idSent = how;
            return idSentOf(entry, texts);
        };
        QCOMPARE(sent(IdSent::Same), QStringLiteral("9 \u00B7 the last one seen"));
        QCOMPARE(sent(IdSent::Other), QStringLiteral("9 \u00B7 set by you, 5 was seen"));
        QCOMPARE(sent(IdSent::Given), QStringLiteral("9 \u00B7 given by you"));
        QCOMPARE(sent(IdSent::Emptied), QStringLiteral("none \u00B7 it was emptied"));
        QCOMPARE(sent(IdSent::Nothing), QStringLiteral("none \u00B7 none was seen"));
        QCOMPARE(idSeenOf(texts), QStringLiteral("\u2014"));
        texts.idSeen = "";
        QCOMPARE(idSeenOf(texts), QStringLiteral("(empty)"));
    }

    void outcomesOfAResume()
    {
        LedgerEntry entry = ended(Cause::Clean);
        entry.idSent = IdSent::Same;
        QCOMPARE(resumeOf(entry), QStringLiteral("no id came that could tell"));
        entry.resume = ResumeFacts{.idKind = IdKind::Numeric, .gap = 2, .replayed = 1};
        QCOMPARE(resumeOf(entry),
                 QStringLiteral("Resumed: 2 events were never seen: a gap, 1 event replayed \u00B7 numeric ids"));
        entry.resume = ResumeFacts{.idKind = IdKind::Opaque, .duplicates = 2, .ignored = true};
        QCOMPARE(resumeOf(entry), QStringLiteral("The server ignored Last-Event-ID and began anew \u00B7 2 events came "
                                                 "twice \u00B7 opaque ids"));
        QCOMPARE(resumeOf(LedgerEntry()), QStringLiteral("\u2014"));
    }
};

PUSHSCOPE_TEST(LedgerWordsTest)
#include "ledgerwordstest.moc"
