#pragma once

#include "core/base/ids.h"
#include "core/capture/capture.h"
#include "core/capture/facts.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace pushscope {

/// What an attempt's request said of the last event ID.
enum class IdSent : std::uint8_t {
    Nothing, ///< no Last-Event-ID: none was known
    Given,   ///< the first attempt, with one that the user gave
    Same,    ///< the last one that was seen
    Other,   ///< another one than was seen: the user set it
    Emptied  ///< none, though there had been one: the server or the user set it to the empty string
};

/// One attempt of a session to have its stream: from its first state record to the one that begins the next attempt.
/// Numbers and places; what texts there are stand in the capture (see LedgerTexts).
struct LedgerEntry
{
    std::uint32_t attempt = 0; ///< from 1
    std::uint32_t connection = 0;
    // Where its records stand; invalid for what did not happen.
    Seq began, opened, error, end, outcome; ///< outcome: the state record waiting, closed or failed
    Seq firstEvent, lastEvent, resumed;
    Seq idBefore; ///< the record that had set the last event ID when it began
    Seq idSetBy;  ///< the latest one in it that set it
    // Capture time, ns.
    std::int64_t beganAt = 0;
    std::optional<std::int64_t> openedAt, firstEventAt, endedAt;
    std::optional<std::int64_t> waitEndedAt; ///< whatever ended the wait: time, the user, or a farewell

    Cause startCause = Cause::None;                ///< why there was this attempt
    Cause cause = Cause::None;                     ///< why it ended
    SessionState state = SessionState::Connecting; ///< in which the session is, or was when the next attempt began
    std::optional<Verdict> verdict;
    std::uint16_t status = 0;       ///< of its last answer, 0 without one
    std::uint64_t pendingBytes = 0; ///< of an event, line or frame that its end cut; none: it fell between two
    std::uint64_t events = 0;       ///< messages received: events, lines, parts, text and binary
    std::optional<double> delayMs;  ///< how long the wait was to be
    DelaySource delaySource = DelaySource::None;
    bool frozen = false; ///< the wait had no end of its own: the user froze it
    bool storm = false;  ///< the floor against storms decided that
    IdSent idSent = IdSent::Nothing;
    std::optional<ResumeFacts> resume;
};

/// What an entry says in words and ids, read from its records.
struct LedgerTexts
{
    std::optional<std::string> idSent;   ///< the Last-Event-ID of its request
    std::optional<std::string> idBefore; ///< the last one seen before it
    std::optional<std::string> idSeen;   ///< the last one seen in it; nothing when it brought none
    std::string verdict;                 ///< how it ended
    std::string reason;                  ///< why the session is where that led
    std::string errorCode;               ///< a stable word
};
[[nodiscard]] LedgerTexts textsOf(const Capture &capture, const LedgerEntry &entry);

/// Every attempt of one session, its cause, its wait and what became of the resume, folded from a growing capture a
/// stretch of records at a time. Keeps the latest Limit attempts.
class ReconnectLedger
{
public:
    static constexpr std::size_t Limit = 100'000;
    /// What all attempts together came to, those left out included.
    struct Totals
    {
        std::uint64_t attempts = 0, opened = 0, events = 0, gaps = 0, duplicates = 0, ignored = 0;
    };

    ReconnectLedger(std::shared_ptr<const Capture> capture, SessionId session, std::size_t limit = Limit);

    /// Takes records up to the published count, at most `limit` of them; returns whether there are more.
    bool advance(std::uint64_t limit = ~0ull);
    [[nodiscard]] std::uint64_t position() const { return m_position; }
    [[nodiscard]] SessionId session() const { return m_session; }
    /// Oldest first; the last one may still be going on.
    [[nodiscard]] const std::deque<LedgerEntry> &entries() const { return m_entries; }
    /// How many older ones there were.
    [[nodiscard]] std::uint64_t leftOut() const { return m_leftOut; }
    [[nodiscard]] const Totals &totals() const { return m_totals; }
    /// Grows with each change of an entry other than the last one's count of events.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }

private:
    void take(Seq seq, const Record &record);
    void takeMessage(Seq seq, const Record &record);
    void takeConnection(Seq seq, const Record &record);
    void takeState(Seq seq, const Record &record);
    void beginAttempt(Seq seq, const Record &record, const StateFacts &facts);
    void takeOutcome(Seq seq, const Record &record, const StateFacts &facts);
    void takeAnswer(Seq seq);
    void takeResume(Seq seq);
    void takeFinding(const Record &record);
    void takeEnd(Seq seq, const Record &record);
    [[nodiscard]] IdSent compare(const LedgerEntry &entry, const StateFacts &facts) const;
    [[nodiscard]] bool isGoingOn() const { return !m_entries.empty() && !m_entries.back().outcome.isValid(); }

    std::shared_ptr<const Capture> m_capture;
    SessionId m_session;
    std::size_t m_limit;
    std::uint64_t m_position = 0;
    std::uint64_t m_revision = 0;
    std::uint64_t m_leftOut = 0;
    std::deque<LedgerEntry> m_entries;
    Totals m_totals;
    Seq m_idSetBy;              ///< the latest record that set the last event ID
    bool m_hadId = false;       ///< a request or an event had one
    bool m_streamEnded = false; ///< the end of the attempt's HTTP/2 stream was taken: its connection's is another
};

} // namespace pushscope
