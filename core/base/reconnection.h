#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace pushscope {

using Milliseconds = std::chrono::milliseconds;

enum class Backoff { Fixed, Exponential };

/// When and how to try again (WHATWG HTML 9.2.3 and a policy on top).
struct Reconnection
{
    bool enabled = true;
    bool webSocket = false;                   ///< reconnect WebSocket too
    Milliseconds initial{3000};               ///< until the server's `retry` replaces it
    std::optional<Milliseconds> overrideTime; ///< one that the server can't replace
    Backoff backoff = Backoff::Fixed; ///< Exponential: doubled for each failure in a row, full jitter on the upper half
    std::optional<std::uint32_t> maxAttempts; ///< reconnects after the first attempt
    std::optional<std::uint64_t> dropAfter;   ///< cut the connection after this many events of it
    friend bool operator==(const Reconnection &, const Reconnection &) = default;
};

} // namespace pushscope
