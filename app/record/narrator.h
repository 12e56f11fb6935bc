#pragma once

#include "core/base/finding.h"
#include "core/base/ids.h"
#include "core/capture/facts.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace pushscope {

class Capture;
struct Record;

/// Tells whoever reads standard error how the attempts go: a line for each that ended and will be repeated, one for the
/// failure that ends a session, one for what went wrong on its connection behind its good end, one for what its request
/// could not have as it was asked for, and one for the first of what a limit cut off.
class Narrator
{
public:
    /// Takes a record of the connection layer or a finding; returns a line, without its ending, when there is something
    /// to tell.
    std::optional<std::string> take(const Capture &capture, Seq seq);
    /// Something failed that no session's end says: a connection behind the end of the session that had opened it,
    /// while nobody else was on it, the sending of what never left, a stream that the recording ended but a browser
    /// would have refused, or the keeping of all that came.
    [[nodiscard]] bool hasOtherFailure() const { return m_hasOtherFailure; }

private:
    struct Session
    {
        std::string name;
        ErrorFacts error; ///< of the attempt now
        SessionState state = SessionState::Idle;
        ConnectionId connection; ///< of the attempt now
        std::string refusal;     ///< the last one: each attempt says it again
        std::set<Rule> cuts;     ///< that were told of
    };
    static std::optional<std::string> takeRefusal(Session &session, const std::string &text);
    std::optional<std::string> takeFinding(Session &session, Rule rule);
    std::optional<std::string> takeError(Session &session, const Record &record, ErrorFacts facts);
    std::optional<std::string> takeState(Session &session, const StateFacts &facts);

    std::map<SessionId, Session> m_sessions;
    bool m_hasOtherFailure = false;
};

} // namespace pushscope
