#pragma once

#include "core/base/ids.h"
#include "core/capture/facts.h"

#include <map>
#include <optional>
#include <string>

namespace pushscope {

class Capture;

/// Tells whoever reads standard error how the attempts go: a line for each that ended and will be repeated, and one for
/// the failure that ends a session.
class Narrator
{
public:
    /// Takes a record of the connection layer; returns a line, without its ending, when there is something to tell.
    std::optional<std::string> take(const Capture &capture, Seq seq);

private:
    struct Session
    {
        std::string name;
        ErrorFacts error; ///< of the attempt now
    };
    static std::optional<std::string> takeState(Session &session, const StateFacts &facts);

    std::map<SessionId, Session> m_sessions;
};

} // namespace pushscope
