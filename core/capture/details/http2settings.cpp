#include "core/capture/details/http2settings.h"

#include <algorithm>

namespace pushscope {

namespace {

/// Unknown settings that are kept, and SETTINGS frames that wait for their answer: peers have a few of them.
constexpr std::size_t MostValues = 64;
constexpr std::size_t MostPending = 256;

} // namespace

/// RFC 9113 section 6.5.2, RFC 8441 section 3, RFC 9218 section 2.1. What only the other side may say is not listed.
Http2Settings::Http2Settings(Side side)
{
    m_values.push_back({Http2Setting::HeaderTableSize, 4096});
    if (side == Side::Client)
        m_values.push_back({Http2Setting::EnablePush, 1});
    m_values.push_back({Http2Setting::MaxConcurrentStreams, std::nullopt});
    m_values.push_back({Http2Setting::InitialWindowSize, 65535});
    m_values.push_back({Http2Setting::MaxFrameSize, 16384});
    m_values.push_back({Http2Setting::MaxHeaderListSize, std::nullopt});
    if (side == Side::Server)
        m_values.push_back({Http2Setting::EnableConnectProtocol, 0});
    m_values.push_back({Http2Setting::NoRfc7540Priorities, 0});
}

void Http2Settings::announce(const std::vector<Http2SettingValue> &settings)
{
    for (const auto &[setting, value] : settings) {
        if (Value *known = find(setting); known != nullptr)
            *known = {setting, value, true, false};
        else if (m_values.size() < MostValues)
            m_values.push_back({setting, value, true, false});
    }
    if (m_pending.size() < MostPending)
        m_pending.push_back(settings);
}

std::optional<std::uint32_t> Http2Settings::acknowledge()
{
    std::optional<std::uint32_t> window;
    if (m_pending.empty())
        return window;
    const std::vector<Http2SettingValue> settings = std::move(m_pending.front());
    m_pending.pop_front();
    for (const auto &[setting, value] : settings) {
        if (Value *known = find(setting); known != nullptr && known->value == value)
            known->isAcknowledged = true;
        if (setting == Http2Setting::InitialWindowSize)
            window = value;
    }
    return window;
}

Http2Settings::Value *Http2Settings::find(Http2Setting setting)
{
    const auto found =
        std::find_if(m_values.begin(), m_values.end(), [&](const Value &value) { return value.setting == setting; });
    return found == m_values.end() ? nullptr : &*found;
}

} // namespace pushscope
