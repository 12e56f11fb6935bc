#pragma once

#include "core/insight/servertime.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

/// Looks for the place where a stream's messages tell their server's time: of the values that are times near now, one
/// that moves from message to message. What stands still while messages go on coming is the time of something else,
/// as when an answer was begun, and is dropped, even if it had moved before.
class ServerTimeSearch
{
public:
    /// A clock that counts whole seconds has moved by then, ns.
    static constexpr std::int64_t StandsStill = 2'000'000'000;

    /// Whether the next message is to be looked at. The first ones all are; when none of them had a time, some.
    [[nodiscard]] bool wantsNext();
    /// `arrival` in nanoseconds since 1970.
    void look(const JsonDocument &message, std::int64_t arrival);
    [[nodiscard]] const ServerTimePlace *found() const { return m_isFound ? &m_candidates.front().place : nullptr; }

private:
    struct Candidate
    {
        ServerTimePlace place;
        std::int64_t value = 0;
        std::int64_t since = 0; ///< arrival of the first message that had it
        bool moved = false;
    };

    void collect(const JsonDocument &message, std::int64_t arrival);
    void follow(const JsonDocument &message, std::int64_t arrival);
    void choose(std::int64_t arrival);

    std::uint64_t m_messages = 0; ///< without a candidate
    std::uint64_t m_followed = 0; ///< with some
    bool m_isFound = false;
    std::vector<Candidate> m_candidates; ///< once one is found only that
    std::vector<std::string> m_dropped;  ///< places that stood still
};

} // namespace pushscope
