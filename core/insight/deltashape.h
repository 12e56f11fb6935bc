#pragma once

#include "core/base/bytes.h"
#include "core/base/jsonvalue.h"
#include "core/insight/assembled.h"

#include <memory>
#include <optional>

namespace pushscope {

class Assembler;

/// A message of a stream as a shape sees it.
struct DeltaEvent
{
    ByteView type; ///< an event's; empty for lines and WebSocket messages
    ByteView data;
    JsonValue json; ///< of the data, nothing when it is not JSON
};

/// The seam behind which the formats differ: what an event of one of them says. A shape keeps no texts and has no
/// limits of its own; whatever it is shown, it takes what it knows.
class DeltaShape
{
public:
    virtual ~DeltaShape() = default;
    /// Tells the assembler what the event says; returns whether it is one of this format.
    virtual bool take(const DeltaEvent &event, Assembler &assembler) = 0;
};

[[nodiscard]] std::unique_ptr<DeltaShape> makeOpenAiChatShape();
[[nodiscard]] std::unique_ptr<DeltaShape> makeOpenAiResponsesShape();
[[nodiscard]] std::unique_ptr<DeltaShape> makeAnthropicShape();
[[nodiscard]] std::unique_ptr<DeltaShape> makeGeminiShape();
[[nodiscard]] std::unique_ptr<DeltaShape> makeOllamaShape();

/// The format whose mark an event bears: one that the others do not have. Nothing when it could be of several.
[[nodiscard]] std::optional<AssemblyPreset> presetOf(const DeltaEvent &event);

/// "message (code)" of an error object, as all of them have it; the text as it stands when it has no message.
[[nodiscard]] std::string describeStreamError(const JsonValue &error);

} // namespace pushscope
