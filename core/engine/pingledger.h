#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace pushscope {

/// The HTTP/2 PINGs that we sent and that were not acknowledged yet.
class PingLedger
{
public:
    struct Ping
    {
        std::uint64_t opaque = 0;
        Seq record;
        Stamp sent;
    };

    void note(const Ping &ping)
    {
        if (m_pings.size() == Kept)
            m_pings.pop_front();
        m_pings.push_back(ping);
    }
    /// The ping that an acknowledgement answers (RFC 9113 section 6.7), once.
    std::optional<Ping> take(std::uint64_t opaque)
    {
        for (auto place = m_pings.begin(); place != m_pings.end(); ++place) {
            if (place->opaque == opaque) {
                const Ping ping = *place;
                m_pings.erase(place);
                return ping;
            }
        }
        return std::nullopt;
    }

private:
    static constexpr std::size_t Kept = 64;
    std::deque<Ping> m_pings;
};

} // namespace pushscope
