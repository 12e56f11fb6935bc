#pragma once

#include "core/wire/http/http2frame.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace pushscope {

/// What one side of a connection announced of itself (RFC 9113 section 6.5): each setting's value, whether it was
/// announced or is the standard's, and whether the other side has acknowledged it.
class Http2Settings
{
public:
    enum class Side : std::uint8_t { Client, Server };
    struct Value
    {
        Http2Setting setting;
        std::optional<std::uint32_t> value; ///< the last announced, or the initial one; nullopt: there is no limit
        bool isAnnounced = false;
        bool isAcknowledged = false; ///< of announced ones: the other side goes by it
    };

    /// With the standard's initial values.
    explicit Http2Settings(Side side);

    /// A SETTINGS frame.
    void announce(const std::vector<Http2SettingValue> &settings);
    /// The other side acknowledged the oldest one that it has not acknowledged yet (section 6.5.3). The new initial
    /// window when that one had any, by which the other side's streams now go.
    std::optional<std::uint32_t> acknowledge();

    /// The standard's in the order of their numbers, then others as they came.
    [[nodiscard]] const std::vector<Value> &values() const { return m_values; }
    /// SETTINGS frames without an answer.
    [[nodiscard]] std::size_t unacknowledged() const { return m_pending.size(); }

private:
    Value *find(Http2Setting setting);

    std::vector<Value> m_values;
    std::deque<std::vector<Http2SettingValue>> m_pending;
};

} // namespace pushscope
