#pragma once

#include "core/capture/capture.h"

#include <cstdint>
#include <deque>
#include <memory>

namespace pushscope {

/// The requests that were sent beside a session's stream, found in a growing capture a stretch of records at a time.
/// Keeps the latest Limit.
class CompanionRequests
{
public:
    static constexpr std::size_t Limit = 500;

    CompanionRequests(std::shared_ptr<const Capture> capture, SessionId session);

    /// Takes records up to the published count, at most `limit` of them; returns whether there are more.
    bool advance(std::uint64_t limit = ~0ull);
    [[nodiscard]] std::uint64_t position() const { return m_position; }
    /// How many there were; requests() has the latest of them, oldest first.
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] const std::deque<Seq> &requests() const { return m_requests; }
    /// The request that a record is, or belongs to; invalid where it is the stream's own, or its request is not known.
    [[nodiscard]] Seq requestOf(Seq record) const;

private:
    std::shared_ptr<const Capture> m_capture;
    SessionId m_session;
    std::uint64_t m_position = 0;
    std::uint64_t m_count = 0;
    std::deque<Seq> m_requests;
};

} // namespace pushscope
