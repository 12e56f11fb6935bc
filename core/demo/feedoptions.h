#pragma once

#include "core/demo/eventbatch.h"
#include "core/demo/parameters.h"
#include "core/wire/coding/contentcoding.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pushscope::demo {

/// How a feed is shaped; see feedParameters() for the words.
struct FeedOptions
{
    std::chrono::milliseconds interval{1000}; ///< 0: no clock, each reader sets its own pace
    bool ticks = true;                        ///< false: nothing but what is published
    std::uint64_t count = 0;                  ///< 0: for ever
    std::uint64_t size = 0;
    std::uint64_t burst = 1;
    std::chrono::milliseconds jitter{0};
    std::chrono::milliseconds retry{3000};
    std::uint64_t seed = 1;
    std::uint64_t window = 1000;
    std::uint64_t drop = 0; ///< 0: never
    std::string topic;
    EventFraming framing = EventFraming::Chunk; ///< where the transport has it
    std::optional<ContentCoding> coding;        ///< where the client takes it
    bool flush = true;                          ///< a coding gives each event at once

    /// Messages, without an event stream's fields around the data.
    [[nodiscard]] bool isWebSocket() const { return framing == EventFraming::WsText; }
    [[nodiscard]] bool hasClock() const { return interval.count() > 0; }
};

/// The query items of /events and of /ws/ticks. `seed` is the server's own, which the query may replace.
[[nodiscard]] std::vector<ParameterSpec> eventsParameters(std::uint64_t seed);
[[nodiscard]] std::vector<ParameterSpec> ticksParameters(std::uint64_t seed);
[[nodiscard]] FeedOptions eventsOptions(const Parameters &parameters);
[[nodiscard]] FeedOptions ticksOptions(const Parameters &parameters);

} // namespace pushscope::demo
