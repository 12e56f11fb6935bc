#pragma once

#include "core/base/bytes.h"
#include "core/base/companionrequest.h"
#include "core/base/target.h"
#include "core/wire/ws/wsframeencoder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace pushscope {

// What a person or script wants of a session. Values; posted to the engine thread. An intent that makes no sense in the
// session's state is recorded as an error record ("usage") and changes nothing.
namespace intent {
struct Connect
{
}; ///< open, or open again
struct Disconnect
{
}; ///< close handshake, then close; ends the session's reconnecting
struct Drop
{
}; ///< cut the TCP connection as a network would (SO_LINGER 0); reconnects by the policy
struct HalfClose
{
}; ///< shutdown our sending side
struct PauseReading
{
    bool paused = true;
}; ///< act as a slow consumer
struct ReconnectNow
{
}; ///< ends a wait at once
struct SendText
{
    Bytes payload;
};
struct SendBinary
{
    Bytes payload;
};
struct SendPing
{
    Bytes payload;
};
struct SendPong
{
    Bytes payload;
};
struct SendClose
{
    std::uint16_t code = 1000;
    Bytes reason;
};
struct SendFrame
{
    WsFrameSpec frame;
    bool mask = true;
}; ///< raw: goes out as it is
struct SetLastEventId
{
    std::string id;
}; ///< for the next request
struct ResumeFrom
{
    std::string id;
}; ///< leaves the connection or ends the wait, and asks again at once with this id; "" asks for nothing
struct SetReconnection
{
    Reconnection policy;
}; ///< in the place of the target's, for what comes next
struct SetIdleTimeout
{
    std::optional<Milliseconds> time;
}; ///< the watchdog: a stream on which no byte came for so long is given up, and reconnects by the policy
struct Freeze
{
    bool frozen = true;
}; ///< waits don't end by themselves
struct SendRequest
{
    CompanionRequest request;
}; ///< beside the stream, on a connection of its own or a shared one; recorded with RecordFlag::Companion
struct SetPong
{
    PongMode mode = PongMode::Auto;
    Milliseconds delay{0};
};
} // namespace intent

using Intent =
    std::variant<intent::Connect, intent::Disconnect, intent::Drop, intent::HalfClose, intent::PauseReading,
                 intent::ReconnectNow, intent::SendText, intent::SendBinary, intent::SendPing, intent::SendPong,
                 intent::SendClose, intent::SendFrame, intent::SetLastEventId, intent::ResumeFrom,
                 intent::SetReconnection, intent::SetIdleTimeout, intent::Freeze, intent::SendRequest, intent::SetPong>;

} // namespace pushscope
