#include "core/insight/reconnectledger.h"

#include "core/base/ascii.h"
#include "core/base/finding.h"
#include "core/capture/details/httpdetails.h"
#include "core/capture/details/ssedetails.h"
#include "core/insight/delivered.h"
#include "core/insight/recordwalk.h"

#include <algorithm>
#include <span>
#include <utility>

namespace pushscope {

namespace {

/// Events above this size are not parsed again for their id: the state record beside them has it too.
constexpr std::uint32_t LargestParsed = 64 * 1024;

template <class Facts>
Facts factsOf(const Capture &capture, Seq seq)
{
    Bytes scratch;
    return decodeFacts<Facts>(capture.derivedView(seq, scratch));
}

/// The last event ID that `setter` set. `state`, a record from then, knows it too, unless the user has changed it.
std::optional<std::string> idSetBy(const Capture &capture, Seq setter, Seq state)
{
    if (!setter.isValid())
        return {};
    if (capture.record(setter).originLength <= LargestParsed)
        return lastEventIdSetBy(capture, setter);
    return state.isValid() ? factsOf<StateFacts>(capture, state).idSeen.value_or(std::string()) : std::string();
}

} // namespace

LedgerTexts textsOf(const Capture &capture, const LedgerEntry &entry)
{
    LedgerTexts texts;
    // The id may be set until the request goes out: later records know it better. The last of all is no attempt's.
    for (const Seq state : {entry.began, entry.opened, entry.outcome}) {
        if (!state.isValid())
            continue;
        auto facts = factsOf<StateFacts>(capture, state);
        if (facts.state != SessionState::Closed && facts.state != SessionState::Failed)
            texts.idSent = std::move(facts.idSent);
    }
    texts.idBefore = idSetBy(capture, entry.idBefore, entry.began);
    texts.idSeen = idSetBy(capture, entry.idSetBy, entry.outcome);
    if (entry.end.isValid())
        texts.verdict = factsOf<EndFacts>(capture, entry.end).text;
    if (entry.outcome.isValid())
        texts.reason = factsOf<StateFacts>(capture, entry.outcome).reason;
    if (entry.error.isValid())
        texts.errorCode = factsOf<ErrorFacts>(capture, entry.error).code;
    return texts;
}

ReconnectLedger::ReconnectLedger(std::shared_ptr<const Capture> capture, SessionId session, std::size_t limit)
    : m_capture(std::move(capture)), m_session(session), m_limit(std::max<std::size_t>(limit, 1))
{
}

bool ReconnectLedger::advance(std::uint64_t limit)
{
    return forEachRecord(*m_capture, m_position, limit, [this](Seq seq, const Record &record) {
        if (record.session == m_session.value && !record.has(RecordFlag::Companion))
            take(seq, record);
    });
}

void ReconnectLedger::take(Seq seq, const Record &record)
{
    switch (layerOf(record.kind)) {
    case Layer::Messages: return takeMessage(seq, record);
    case Layer::Connection: return takeConnection(seq, record);
    case Layer::Findings: return takeFinding(record);
    case Layer::Frames:
    case Layer::Reads: return;
    }
}

void ReconnectLedger::takeMessage(Seq seq, const Record &record)
{
    if (record.direction != Direction::In || !isGoingOn())
        return;
    LedgerEntry &entry = m_entries.back();
    if (record.has(RecordFlag::IdSet)) {
        entry.idSetBy = m_idSetBy = seq;
        m_hadId = true;
    }
    if (!isDelivered(record))
        return;
    ++entry.events;
    ++m_totals.events;
    entry.lastEvent = seq;
    if (entry.firstEvent.isValid())
        return;
    entry.firstEvent = seq;
    entry.firstEventAt = record.time;
    ++m_revision;
}

void ReconnectLedger::takeConnection(Seq seq, const Record &record)
{
    if (record.kind == RecordKind::State)
        return takeState(seq, record);
    if (!isGoingOn())
        return;
    LedgerEntry &entry = m_entries.back();
    if (record.kind == RecordKind::HttpRequest) {
        m_streamEnded = false; // a redirect's
    } else if (record.kind == RecordKind::HttpResponse) {
        takeAnswer(seq);
    } else if (record.kind == RecordKind::Error) {
        entry.error = seq;
    } else if (record.kind == RecordKind::End) {
        takeEnd(seq, record);
    } else if (record.kind == RecordKind::Resume) {
        takeResume(seq);
    }
}

void ReconnectLedger::takeState(Seq seq, const Record &record)
{
    const auto facts = factsOf<StateFacts>(*m_capture, seq);
    switch (facts.state) {
    case SessionState::Connecting:
    case SessionState::Securing:
    case SessionState::Requesting:
        // An attempt may say several times that it is connecting: what it waits for, where it was sent.
        if (!isGoingOn() || m_entries.back().attempt != facts.attempt)
            beginAttempt(seq, record, facts);
        m_entries.back().connection = record.connection;
        return;
    case SessionState::Open:
        if (!isGoingOn())
            return;
        m_entries.back().opened = seq;
        m_entries.back().openedAt = record.time;
        m_entries.back().connection = record.connection;
        m_entries.back().state = SessionState::Open;
        m_entries.back().idSent = compare(m_entries.back(), facts);
        ++m_totals.opened;
        ++m_revision;
        return;
    case SessionState::Waiting:
    case SessionState::Closed:
    case SessionState::Failed: return takeOutcome(seq, record, facts);
    case SessionState::Idle:
    case SessionState::Closing: return;
    }
}

void ReconnectLedger::beginAttempt(Seq seq, const Record &record, const StateFacts &facts)
{
    if (!m_entries.empty() && m_entries.back().state == SessionState::Waiting && !m_entries.back().waitEndedAt)
        m_entries.back().waitEndedAt = record.time;
    if (m_entries.size() == m_limit) {
        m_entries.pop_front();
        ++m_leftOut;
    }
    LedgerEntry &entry = m_entries.emplace_back();
    entry.attempt = facts.attempt;
    entry.began = seq;
    entry.beganAt = record.time;
    entry.startCause = facts.cause;
    entry.idBefore = m_idSetBy;
    entry.idSent = compare(entry, facts);
    m_hadId |= facts.idSent.has_value();
    m_streamEnded = false;
    ++m_totals.attempts;
    ++m_revision;
}

/// What follows an attempt. In its turn the wait may be frozen, which is another one without an end, or end in a
/// farewell.
void ReconnectLedger::takeOutcome(Seq seq, const Record &record, const StateFacts &facts)
{
    if (m_entries.empty())
        return;
    LedgerEntry &entry = m_entries.back();
    const bool wasWaiting = entry.state == SessionState::Waiting;
    entry.state = facts.state;
    ++m_revision;
    entry.frozen |= facts.state == SessionState::Waiting && !facts.delayMs;
    if (wasWaiting && facts.state != SessionState::Waiting && !entry.waitEndedAt)
        entry.waitEndedAt = record.time;
    if (entry.outcome.isValid())
        return;
    entry.outcome = seq;
    entry.cause = facts.cause;
    entry.delayMs = facts.delayMs;
    entry.delaySource = facts.delaySource;
    if (!entry.endedAt)
        entry.endedAt = record.time;
}

/// Over HTTP/2 an attempt ends with its stream; the connection's own end stands with the session that opened it.
void ReconnectLedger::takeEnd(Seq seq, const Record &record)
{
    if (record.stream == 0 && m_streamEnded)
        return;
    m_streamEnded = record.stream != 0;
    LedgerEntry &entry = m_entries.back();
    const auto facts = factsOf<EndFacts>(*m_capture, seq);
    entry.end = seq;
    entry.endedAt = record.time;
    entry.verdict = facts.verdict;
    entry.pendingBytes = facts.pendingBytes;
    ++m_revision;
}

void ReconnectLedger::takeAnswer(Seq seq)
{
    const HttpHead head = httpHeadOf(*m_capture, seq);
    if (head.isInterim())
        return;
    m_entries.back().status = static_cast<std::uint16_t>(std::clamp(head.status, 0, 999));
    ++m_revision;
}

void ReconnectLedger::takeResume(Seq seq)
{
    LedgerEntry &entry = m_entries.back();
    entry.resumed = seq;
    entry.resume = factsOf<ResumeFacts>(*m_capture, seq);
    m_totals.gaps += entry.resume->gap.value_or(0);
    m_totals.duplicates += entry.resume->duplicates;
    m_totals.ignored += entry.resume->ignored ? 1 : 0;
    ++m_revision;
}

void ReconnectLedger::takeFinding(const Record &record)
{
    const bool isAboutWait = !m_entries.empty() && m_entries.back().outcome == Seq(record.related);
    if (isAboutWait &&
        m_capture->finding(record.derived).rule == static_cast<std::uint16_t>(Rule::SessionReconnectStorm))
        m_entries.back().storm = true;
}

IdSent ReconnectLedger::compare(const LedgerEntry &entry, const StateFacts &facts) const
{
    const std::optional<std::string> seen = idSetBy(*m_capture, entry.idBefore, entry.began);
    if (!facts.idSent)
        return m_hadId ? IdSent::Emptied : IdSent::Nothing;
    if (!seen)
        return IdSent::Given;
    // A header field's value is without white space at its ends (RFC 9110 section 5.5).
    const bool isSame = trimmed(*seen, OptionalWhitespace) == trimmed(*facts.idSent, OptionalWhitespace);
    return isSame ? IdSent::Same : IdSent::Other;
}

} // namespace pushscope
