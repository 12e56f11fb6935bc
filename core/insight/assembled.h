#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/insight/ratehistory.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

// What the deltas of a language model's stream are put together to.

enum class SpanKind : std::uint8_t { Text, Reasoning, ToolCall, Refusal, Error };
/// "text", "reasoning", "tool call", "refusal", "error"
[[nodiscard]] std::string_view word(SpanKind kind);

/// The formats that are known by heart, and a recipe of the user's own.
enum class AssemblyPreset : std::uint8_t { OpenAiChat, OpenAiResponses, Anthropic, Gemini, Ollama, Recipe };
/// "openai-chat", "openai-responses", "anthropic", "gemini", "ollama", "recipe"
[[nodiscard]] std::string_view word(AssemblyPreset preset);

/// A text that grows by deltas: an answer's text, what was thought about it, the arguments of a tool call.
struct AssembledPart
{
    SpanKind kind = SpanKind::Text;
    std::uint32_t response = 0; ///< index in Assembler::responses()
    std::uint32_t choice = 0;   ///< of several answers to one request
    std::string name, id;       ///< of a tool call
    std::string text;
};

/// What one event added to a part.
struct AssembledSpan
{
    std::uint32_t part = 0; ///< index in Assembler::parts()
    std::uint32_t begin = 0, end = 0;
    Seq seq; ///< the event; one event may have added several
};

/// Token counts as the stream told them.
struct TokenUsage
{
    std::optional<std::uint64_t> input = {}, output = {}, reasoning = {}, cached = {}, total = {};

    /// Takes over what `later` tells.
    void merge(const TokenUsage &later);
    friend bool operator==(const TokenUsage &, const TokenUsage &) = default;
};

/// One answer to one request, with its times (capture time, ns).
struct AssembledResponse
{
    AssemblyPreset preset = AssemblyPreset::Recipe;
    std::string id, model;
    std::vector<std::string> finishReasons; ///< one for each choice, in the order in which they came
    std::vector<std::string> errors;        ///< told inside the stream
    TokenUsage usage;
    bool isDone = false;
    Seq first, last; ///< its events
    std::size_t firstSpan = 0;

    std::optional<std::int64_t> requestAt; ///< nothing when no request of its own was seen
    std::int64_t firstEventAt = 0, lastEventAt = 0;
    std::optional<std::int64_t> firstTokenAt;
    std::int64_t lastTokenAt = 0;
    std::int64_t longestPause = 0; ///< between two events that added something
    Seq longestPauseEnd;           ///< the second of them
    std::uint64_t events = 0;      ///< all that were for it
    std::uint64_t deltas = 0;      ///< of these, those that added something
    std::uint64_t reads = 0;       ///< socket reads that the events came in
    std::uint64_t mostInRead = 0;
    RateHistory rate; ///< deltas over time, from `requestAt` or the first event on

    /// Where many events share a read's time, what lies between single ones was not measured.
    [[nodiscard]] bool areTimesLumped() const { return reads > 0 && events * 10 > reads * 11; }
    [[nodiscard]] std::int64_t beganAt() const { return requestAt.value_or(firstEventAt); }
};

} // namespace pushscope
