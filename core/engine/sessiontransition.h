#pragma once

#include "core/capture/facts.h"

#include <array>
#include <cstdint>

namespace pushscope {

/// Everything that can happen to a session, as its state machine sees it. Whether an attempt's end is worth another
/// attempt is decided before (reconnection policy, WHATWG HTML 9.2.3); the machine is told the outcome.
enum class SessionInput : std::uint8_t {
    // what a person or script wants
    Connect,
    Disconnect,
    Drop,
    ReconnectNow,
    AskAgain, ///< now, with another last event ID, whatever goes on
    // how an attempt goes
    TlsStarted,     ///< TCP (and the proxy) is through, the TLS handshake begins
    RequestReady,   ///< the way to the server is open: the request can go out
    Opened,         ///< the answer opened a stream or WebSocket
    Redirected,     ///< the answer named another place
    CloseStarted,   ///< WebSocket: a close frame went out or came in
    EndedForRetry,  ///< the attempt is over and another is due
    EndedForGood,   ///< the attempt is over, and so is the session, without trouble
    EndedInFailure, ///< the attempt is over, and so is the session
    // timers
    WaitOver,
    PatienceOver, ///< the peer did not answer our close in time
    Count
};

enum class SessionAction : std::uint8_t {
    None,
    StartAttempt,
    FollowRedirect,
    SendRequest,
    AnnounceOpen,
    BeginClose, ///< close handshake where there is one
    StartPatience,
    CutConnection,  ///< close the connection now; nothing more is expected of it
    DropConnection, ///< SO_LINGER 0
    StartWait,
    CancelWait,
    AnnounceEnd, ///< the session does nothing more by itself
    RefuseIntent ///< record that the intent makes no sense now
};

struct SessionTransition
{
    SessionState state;
    std::array<SessionAction, 3> actions{}; ///< in order, None behind the last

    friend bool operator==(const SessionTransition &, const SessionTransition &) = default;
};

/// The session's whole behaviour as a pure function. Facts of an attempt that is already over (a late answer in
/// Waiting) change nothing.
[[nodiscard]] SessionTransition transition(SessionState state, SessionInput input);

} // namespace pushscope
