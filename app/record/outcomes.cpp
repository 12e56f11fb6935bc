#include "app/record/outcomes.h"

#include "core/capture/capture.h"

#include <cstdio>

namespace pushscope {

namespace {
/// Trouble of the network's, after which the standard tries again; other causes are final (WHATWG HTML 9.2.3).
bool mayBeRepeated(Cause cause)
{
    switch (cause) {
    case Cause::None:
    case Cause::Start:
    case Cause::Clean:
    case Cause::Cut:
    case Cause::Reset:
    case Cause::Timeout:
    case Cause::Goaway:
    case Cause::Refused:
    case Cause::Unreachable:
    case Cause::User:
    case Cause::Drop: return true;
    case Cause::Status:
    case Cause::Type:
    case Cause::Dns:
    case Cause::Tls:
    case Cause::Proxy:
    case Cause::Malformed:
    case Cause::Protocol:
    case Cause::Redirect:
    case Cause::Limit:
    case Cause::Capture: return false;
    }
    return false;
}

std::string secondsText(double milliseconds)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g s", milliseconds / 1000);
    return text;
}
} // namespace

std::optional<std::string> Outcomes::take(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    Outcome &outcome = m_sessions[SessionId(record.session)];
    if (record.kind == RecordKind::Session)
        outcome.name = decodeFacts<SessionFacts>(capture.derived(seq)).name;
    else if (record.kind == RecordKind::End)
        outcome.verdict = decodeFacts<EndFacts>(capture.derived(seq)).verdict;
    else if (record.kind == RecordKind::Error)
        outcome.error = decodeFacts<ErrorFacts>(capture.derived(seq));
    else if (record.kind == RecordKind::State)
        return takeState(outcome, decodeFacts<StateFacts>(capture.derived(seq)));
    return std::nullopt;
}

std::optional<std::string> Outcomes::takeState(Outcome &outcome, const StateFacts &facts)
{
    outcome.state = facts.state;
    outcome.cause = facts.cause;
    outcome.attempt = facts.attempt;
    const std::string why = outcome.error.code.empty()
                                ? (facts.reason.empty() ? std::string(word(facts.cause)) : facts.reason)
                                : outcome.error.code + ": " + outcome.error.text;
    switch (facts.state) {
    case SessionState::Open: outcome.wasOpen = true; break;
    case SessionState::Connecting: outcome.error = {}; break;
    case SessionState::Waiting:
        return outcome.name + ": attempt " + std::to_string(facts.attempt) + " ended: " + why + "; next in " +
               secondsText(facts.delayMs.value_or(0));
    case SessionState::Failed: return outcome.name + ": " + why;
    case SessionState::Idle:
    case SessionState::Securing:
    case SessionState::Requesting:
    case SessionState::Closing:
    case SessionState::Closed: break;
    }
    return std::nullopt;
}

bool Outcomes::wasOpen(SessionId session) const
{
    const auto found = m_sessions.find(session);
    return found != m_sessions.end() && found->second.wasOpen;
}

bool Outcomes::failed(SessionId session, const Reconnection &policy) const
{
    if (!wasOpen(session))
        return true;
    const Outcome &outcome = m_sessions.at(session);
    // --max-reconnects ended it: like --for and --count, a failure only if it never opened.
    const bool usedUp = policy.enabled && policy.maxAttempts && outcome.attempt > *policy.maxAttempts;
    if (usedUp && mayBeRepeated(outcome.cause))
        return false;
    return outcome.state == SessionState::Failed ||
           (outcome.verdict != Verdict::Clean && outcome.verdict != Verdict::ByUs);
}

} // namespace pushscope
