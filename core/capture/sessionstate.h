#pragma once

#include <cstdint>
#include <string_view>

namespace pushscope {

// How a session stands, why, and how its connections ended: the closed sets behind state, resume and end records. The
// words are those of the JSON lines format, "" for None.

enum class SessionState : std::uint8_t {
    Idle,
    Connecting,
    Securing,
    Requesting,
    Open,
    Closing,
    Waiting,
    Closed,
    Failed
};
/// "connecting" for Connecting, Securing and Requesting alike
[[nodiscard]] std::string_view word(SessionState state);

enum class Cause : std::uint8_t {
    None,
    Start,
    Clean,
    Cut,
    Reset,
    Timeout,
    Status,
    Type,
    Goaway,
    Refused,
    Unreachable,
    Dns,
    Tls,
    Proxy,
    Malformed,
    Protocol,
    Redirect,
    User,
    Drop,
    Limit,
    Capture
};
[[nodiscard]] std::string_view word(Cause cause);

enum class DelaySource : std::uint8_t { None, Default, Retry, Policy, User };
[[nodiscard]] std::string_view word(DelaySource source);

enum class IdKind : std::uint8_t { None, Numeric, Lexical, Opaque };
[[nodiscard]] std::string_view word(IdKind kind);

enum class Verdict : std::uint8_t { Clean, Cut, Reset, NeverAnswered, ByUs };
/// "clean", "cut", "reset", "never-answered", "by-us"
[[nodiscard]] std::string_view word(Verdict verdict);

} // namespace pushscope
