#pragma once

#include "core/capture/facts.h"
#include "core/capture/record.h"
#include "core/capture/statistics.h"

#include <QString>

#include <cstdint>

namespace pushscope {

class Capture;

// What the facts of the core are called in the window. Text that quotes the network is made visible (see plaintext.h).

/// "connecting", "open", "waiting", ...
[[nodiscard]] QString describe(SessionState state);
/// The kind column: "event", "comment", "text", "waiting", ...
[[nodiscard]] QString describeKind(const Capture &capture, Seq seq);
/// What the preview column says of a connection, finding or read record; payload kinds are summarised by the core.
[[nodiscard]] QString describeRecord(const Capture &capture, Seq seq);
[[nodiscard]] QString describeFinding(const Capture &capture, std::uint64_t index);
/// A StateFacts in a sentence: "Reconnecting in 3.000 s (retry: from the server) with Last-Event-ID 5115"
[[nodiscard]] QString describe(const StateFacts &facts);
[[nodiscard]] QString describe(const ResumeFacts &facts);
/// In a few words: "ended cleanly", "reset after data"
[[nodiscard]] QString describe(Verdict verdict);
[[nodiscard]] QString describe(const CodingFacts &facts);
/// "ended cleanly", "cut mid-event", ...
[[nodiscard]] QString describe(const EndFacts &facts);
/// "3.0 s · retry: server", "frozen"
[[nodiscard]] QString describeDelay(const StateFacts &facts);
[[nodiscard]] QString describe(DelaySource source);
/// "SSE", "WebSocket", "auto"
[[nodiscard]] QString describeTransport(const std::string &transport);
/// What the line of a session says beside its summary.
struct SessionNow
{
    double rate = 0; ///< messages a second
    bool isPaused = false;
    std::uint32_t stream = 0; ///< its HTTP/2 stream; 0 over HTTP/1.1
};
/// The second line of a session in the list; `now` is capture time in nanoseconds.
[[nodiscard]] QString describeSession(const SessionSummary &session, std::int64_t now, const SessionNow &more);
/// "connection 3"
[[nodiscard]] QString describeConnection(std::uint32_t connection);
/// The standard's registered meaning of a WebSocket close code (RFC 6455 section 7.4).
[[nodiscard]] QString describeCloseCode(int code);

} // namespace pushscope
