#include "app/record/narrator.h"

#include "core/base/error.h"
#include "core/capture/capture.h"
#include "core/capture/record.h"

#include <cstdio>

namespace pushscope {

namespace {
std::string secondsText(double milliseconds)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.10g s", milliseconds / 1000);
    return text;
}

/// Whether it tells of something that came and is not in the capture. Of an error page a beginning is enough.
bool isOfCut(Rule rule)
{
    return rule == Rule::SseLineTooLong || rule == Rule::SseEventTooLarge || rule == Rule::SessionLineKeptInPart;
}
} // namespace

std::optional<std::string> Narrator::take(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    Session &session = m_sessions[SessionId(record.session)];
    if (record.kind == RecordKind::Session)
        session.name = decodeFacts<SessionFacts>(capture.derived(seq)).name;
    else if (record.kind == RecordKind::Error)
        return takeError(session, record, decodeFacts<ErrorFacts>(capture.derived(seq)));
    else if (record.kind == RecordKind::Finding)
        return takeFinding(session, static_cast<Rule>(capture.finding(record.derived).rule));
    else if (record.kind == RecordKind::State) {
        session.connection = ConnectionId(record.connection);
        return takeState(session, decodeFacts<StateFacts>(capture.derived(seq)));
    }
    return std::nullopt;
}

std::optional<std::string> Narrator::takeFinding(Session &session, Rule rule)
{
    if (!isOfCut(rule) || !session.cuts.insert(rule).second)
        return std::nullopt;
    m_hasOtherFailure = true;
    const RuleInfo &info = ruleInfo(rule);
    return session.name + ": " + std::string(info.id) + ": " + std::string(info.text);
}

/// A connection that streams shared has a life of its own: its error may come when its opener has ended or gone
/// elsewhere.
std::optional<std::string> Narrator::takeError(Session &session, const Record &record, ErrorFacts facts)
{
    if (record.has(RecordFlag::Companion))
        return session.name + ": a companion request failed: " + facts.code + ": " + facts.text;
    if (facts.code == word(ErrorCode::UsageInvalid))
        return takeRefusal(session, facts.text);
    const bool isOver = session.state == SessionState::Closed || session.state == SessionState::Failed;
    const bool isElsewhere = record.connection < session.connection.value;
    const bool isLate = isOver || isElsewhere || session.state == SessionState::Waiting;
    if (!isLate || record.stream != 0) {
        session.error = std::move(facts);
        return std::nullopt;
    }
    m_hasOtherFailure = m_hasOtherFailure || isOver;
    return session.name + ": its connection failed behind its end: " + facts.code + ": " + facts.text;
}

/// What the request can't have as it was asked for ends nothing: it is no reason for an end that comes later. What
/// could not be said over a WebSocket any more is for the recording alone.
std::optional<std::string> Narrator::takeRefusal(Session &session, const std::string &text)
{
    if (session.state != SessionState::Connecting || session.refusal == text)
        return std::nullopt;
    session.refusal = text;
    return session.name + ": " + text;
}

std::optional<std::string> Narrator::takeState(Session &session, const StateFacts &facts)
{
    std::string why = facts.reason.empty() ? std::string(word(facts.cause)) : facts.reason;
    if (!session.error.code.empty())
        why = session.error.code + ": " + session.error.text;
    session.state = facts.state;
    switch (facts.state) {
    case SessionState::Connecting: session.error = {}; break;
    case SessionState::Waiting:
        return session.name + ": attempt " + std::to_string(facts.attempt) + " ended: " + why + "; the next in " +
               secondsText(facts.delayMs.value_or(0));
    case SessionState::Failed:
        // Whoever ends the recording of a stream that a browser would refuse does not mend it.
        m_hasOtherFailure = m_hasOtherFailure || session.error.code == word(ErrorCode::SseContentType);
        return session.name + ": " + why;
    case SessionState::Closed:
        if (session.error.code != word(ErrorCode::Http2WindowShut))
            break;
        m_hasOtherFailure = true;
        return session.name + ": " + why;
    case SessionState::Idle:
    case SessionState::Securing:
    case SessionState::Requesting:
    case SessionState::Open:
    case SessionState::Closing: break;
    }
    return std::nullopt;
}

} // namespace pushscope
