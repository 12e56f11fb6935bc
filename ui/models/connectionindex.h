#pragma once

#include "core/capture/capture.h"

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

namespace pushscope {

/// Where the connection records of each session stand, so that the panes find a message's request or TLS facts without
/// a walk through the capture.
class ConnectionIndex
{
public:
    explicit ConnectionIndex(std::shared_ptr<const Capture> capture);

    void advance(std::uint64_t published, std::chrono::microseconds slice);
    /// Of a session, ascending.
    [[nodiscard]] const std::vector<Seq> &of(SessionId session) const;
    /// The newest record of a kind in the session at or before `seq`.
    [[nodiscard]] Seq last(RecordKind kind, SessionId session, Seq seq) const;
    /// All records of a connection, of the session at `seq`.
    [[nodiscard]] std::vector<Seq> ofConnection(SessionId session, std::uint32_t connection) const;

private:
    std::shared_ptr<const Capture> m_capture;
    std::unordered_map<std::uint32_t, std::vector<Seq>> m_bySession;
    std::uint64_t m_position = 0;
};

} // namespace pushscope
