#pragma once

#include "core/base/ids.h"
#include "core/base/target.h"
#include "core/capture/facts.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace pushscope {

class Capture;

/// What becomes of each session, read from its connection records: the lines for standard error, and whether it failed.
class Outcomes
{
public:
    /// Takes a record of the connection layer. Returns a line without line ending when a person should hear of it: once
    /// for each attempt that failed or will be repeated, and for the failure that ends it.
    std::optional<std::string> take(const Capture &capture, Seq seq);

    [[nodiscard]] bool wasOpen(SessionId session) const;
    /// Of a session that ended by itself: whether that is a failure by the policy that it had.
    [[nodiscard]] bool failed(SessionId session, const Reconnection &policy) const;

private:
    struct Outcome
    {
        std::string name;
        bool wasOpen = false;
        std::uint32_t attempt = 0;
        SessionState state = SessionState::Idle;
        Cause cause = Cause::None;
        Verdict verdict = Verdict::Clean; ///< of the last connection that ended
        ErrorFacts error;                 ///< of the last attempt
    };
    std::optional<std::string> takeState(Outcome &outcome, const StateFacts &facts);

    std::map<SessionId, Outcome> m_sessions;
};

} // namespace pushscope
