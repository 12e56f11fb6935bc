#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/capture/facts.h"

#include <cstdint>
#include <string>

namespace pushscope {

/// How the bytes of a connection ended.
enum class ByteEnd : std::uint8_t {
    None, ///< they did not: the message on them did, or we left
    Fin,
    Reset,
    Failed ///< never connected, or the network gave up on it
};

/// Who ended an attempt of ours, if we did.
enum class OurEnd : std::uint8_t { None, Left, Dropped, TimedOut, GaveUp /**< a violation, a limit */ };

/// What is known of an attempt when it is over.
struct Ending
{
    ByteEnd bytes = ByteEnd::None;
    OurEnd ours = OurEnd::None;
    bool answered = false;      ///< a final answer's head came whole
    bool insideMessage = false; ///< the end cut HTTP's framing
    bool messageEnded = false;  ///< HTTP's framing says that all is there
    bool insideCoding = false;  ///< but its content coding does not: it can't end there
    bool codingBroken = false;  ///< what the content codings wrapped can't be decoded
    bool codingBomb = false;    ///< because it grew out of all proportion, as it would again
    bool webSocket = false;     ///< the answer opened a WebSocket
    bool closeReceived = false; ///< WebSocket: the peer's close frame
    bool closeSent = false;     ///< WebSocket: ours
    bool closedFirst = false;   ///< WebSocket: ours came first
    bool insideBlock = false;   ///< an event stream's block, a line, a frame or message had begun
    bool onStream = false;      ///< what ended is an HTTP/2 stream: its connection goes on
    bool secure = false;
    bool closeNotify = false;       ///< TLS: the peer's
    std::uint64_t droppedAfter = 0; ///< Dropped: behind so many events, as was wanted; 0: now
    SessionId droppedFor;           ///< Dropped: the session that had the connection of all dropped, when it is another
    std::uint64_t pendingBytes = 0;
    std::uint64_t unsentBytes = 0; ///< HTTP/2: of ours, that the peer's windows held back
};

/// How an exchange ended.
struct ExchangeEnd
{
    Ending ending;
    Error error; ///< None: nothing but the ending is to be said
};

/// The verdict over an attempt: clean, cut, reset, never answered, or ended by us, with who ended it (whoever gave
/// cause) and words.
[[nodiscard]] EndFacts judge(const Ending &ending);

/// The same over a connection that carried many: whether it `carried` any when `bytes` ended it.
[[nodiscard]] EndFacts judgeConnection(const Ending &ending, bool carried);

/// What a state record names as the cause, for an attempt that ended with an error.
[[nodiscard]] Cause causeOf(ErrorCode code);
/// The same for one that ended without.
[[nodiscard]] Cause causeOf(Verdict verdict);

} // namespace pushscope
