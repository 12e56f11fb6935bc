#pragma once

#include "core/base/ids.h"
#include "core/capture/facts.h"

#include <map>
#include <optional>
#include <string>

namespace pushscope {

class Capture;
struct Record;

/// Tells whoever reads standard error how the attempts go: a line for each that ended and will be repeated, one for the
/// failure that ends a session, and one for what went wrong on its connection behind its good end.
class Narrator
{
public:
    /// Takes a record of the connection layer; returns a line, without its ending, when there is something to tell.
    std::optional<std::string> take(const Capture &capture, Seq seq);
    /// A connection failed behind the end of the session that had opened it, while nobody else was on it.
    [[nodiscard]] bool hasLateFailure() const { return m_hasLateFailure; }

private:
    struct Session
    {
        std::string name;
        ErrorFacts error; ///< of the attempt now
        SessionState state = SessionState::Idle;
        ConnectionId connection; ///< of the attempt now
    };
    std::optional<std::string> takeError(Session &session, const Record &record, ErrorFacts facts);
    static std::optional<std::string> takeState(Session &session, const StateFacts &facts);

    std::map<SessionId, Session> m_sessions;
    bool m_hasLateFailure = false;
};

} // namespace pushscope
