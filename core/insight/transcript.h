#pragma once

#include "core/insight/assembler.h"

#include <string>

namespace pushscope {

/// All that was put together, to be kept: a heading for each response and part, and beneath it its text as it came.
[[nodiscard]] std::string transcriptOf(const Assembler &texts);
/// The answers of a response without their headings, what was thought and called left out.
[[nodiscard]] std::string answerOf(const Assembler &texts, std::size_t response);
/// A JSON array of a response's tool calls: id, name and arguments, these as they are where they are JSON, else as a
/// string. Empty when it called none.
[[nodiscard]] std::string toolCallsOf(const Assembler &texts, std::size_t response);

} // namespace pushscope
