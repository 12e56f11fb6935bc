#include "core/demo/feedoptions.h"

#include "core/demo/answercoding.h"

#include <limits>

namespace pushscope::demo {

namespace {

std::vector<ParameterSpec> commonParameters(std::uint64_t seed)
{
    return {
        ParameterSpec::number("interval", 1000, 0, 3'600'000,
                              "milliseconds between events; 0 is as fast as the reader reads"),
        ParameterSpec::number("count", 0, 0, 1'000'000'000,
                              "the last event's id, behind which the stream ends; 0 never ends"),
        ParameterSpec::number("size", 0, 0, 1'048'576, "data is padded to at least so many bytes"),
        ParameterSpec::number("burst", 1, 1, 10'000, "events at each interval"),
        ParameterSpec::number("jitter", 0, 0, 60'000, "each interval is late by up to so many milliseconds"),
        ParameterSpec::number("seed", seed, 0, std::numeric_limits<std::uint64_t>::max(), "of padding and jitter"),
        ParameterSpec::number("drop", 0, 0, 1'000'000'000,
                              "cuts the connection after so many events of its own; 0 never does"),
    };
}

FeedOptions commonOptions(const Parameters &parameters)
{
    FeedOptions options;
    options.interval = std::chrono::milliseconds(parameters.number("interval"));
    options.count = parameters.number("count");
    options.size = parameters.number("size");
    options.burst = parameters.number("burst");
    options.jitter = std::chrono::milliseconds(parameters.number("jitter"));
    options.seed = parameters.number("seed");
    options.drop = parameters.number("drop");
    return options;
}

} // namespace

std::vector<ParameterSpec> eventsParameters(std::uint64_t seed)
{
    std::vector<ParameterSpec> specs = commonParameters(seed);
    specs.push_back(ParameterSpec::number("retry", 3000, 0, 3'600'000,
                                          "the reconnection time that each answer begins with, in milliseconds"));
    specs.push_back(ParameterSpec::number("window", 1000, 0, 100'000, "how many past events a reader can resume from"));
    specs.push_back(
        ParameterSpec::text("topic", "", 64, "what is published here; without interval nothing else is sent"));
    specs.push_back(
        ParameterSpec::word("framing", {"chunked", "identity"}, "of the answer: chunks, or until the connection ends"));
    specs.push_back(codingParameter());
    specs.push_back(flushParameter());
    return specs;
}

std::vector<ParameterSpec> ticksParameters(std::uint64_t seed)
{
    return commonParameters(seed);
}

FeedOptions eventsOptions(const Parameters &parameters)
{
    FeedOptions options = commonOptions(parameters);
    options.retry = std::chrono::milliseconds(parameters.number("retry"));
    options.window = parameters.number("window");
    options.topic = parameters.text("topic");
    options.ticks = options.topic.empty() || parameters.isGiven("interval");
    options.framing = parameters.text("framing") == "identity" ? EventFraming::Identity : EventFraming::Chunk;
    options.coding = contentCoding(parameters.text("coding"));
    options.flush = parameters.number("flush") == 1;
    return options;
}

FeedOptions ticksOptions(const Parameters &parameters)
{
    FeedOptions options = commonOptions(parameters);
    options.framing = EventFraming::WsText;
    return options;
}

} // namespace pushscope::demo
