#pragma once

#include "core/base/target.h"

#include <QString>

#include <array>

namespace pushscope {

/// What carries a stream's messages: SSE or WebSocket, over one version of HTTP or whichever comes about.
struct Carrier
{
    bool isWebSocket = false;
    HttpChoice http = HttpChoice::Auto;
    friend bool operator==(const Carrier &, const Carrier &) = default;
};

/// Those that one source can be compared over.
inline constexpr std::array<Carrier, 4> Carriers = {
    {{false, HttpChoice::Http11}, {false, HttpChoice::Http2}, {true, HttpChoice::Http11}, {true, HttpChoice::Http2}}};

[[nodiscard]] Carrier carrierOf(const Target &target);

/// "SSE/1.1", "WebSocket/2"; without a version where that is left open.
[[nodiscard]] QString carrierName(Carrier carrier);

/// The same source over another carrier: the URL's scheme changes and nothing else of it, so that what the server says
/// to that is seen. Only the demo server's feeds, which have a path for each, go along with their query: /events and
/// /ws/ticks.
[[nodiscard]] Target carriedBy(Carrier carrier, const Target &source, bool isDemo);

} // namespace pushscope
