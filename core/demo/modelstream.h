#pragma once

#include "core/demo/modelturn.h"
#include "core/demo/script.h"

namespace pushscope::demo {

enum class ModelFormat : std::uint8_t { OpenAiChat, OpenAiResponses, Anthropic, Gemini };

/// One event of a model's stream, as it is written, and whether it brings a token: those are sent at the pace that the
/// request asks for.
struct ModelEvent
{
    Bytes bytes;
    bool isToken = false;
};
/// The events of an answer as the service of that name writes them.
[[nodiscard]] std::vector<ModelEvent> modelEvents(ModelFormat format, const ModelTurn &turn);
/// The same played: `tps` tokens a second, `burst` of them in a write.
[[nodiscard]] Script modelScript(const std::vector<ModelEvent> &events, const Parameters &parameters);

} // namespace pushscope::demo
