#pragma once

#include "core/insight/assembled.h"

#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace pushscope {

/// "OpenAI chat completions"
[[nodiscard]] QString describePreset(AssemblyPreset preset);
/// "Response 2 · gpt-x"
[[nodiscard]] QString describeResponse(const AssembledResponse &response, std::size_t number);
/// "Tool call · weather · call_1": a part's heading, with a sign for its kind.
[[nodiscard]] QString describePart(const AssembledPart &part);

/// What was measured of a response, each with its name.
[[nodiscard]] QList<std::pair<QString, QString>> figuresOf(const AssembledResponse &response);
/// Why these figures can't be trusted in detail, or nothing.
[[nodiscard]] QString doubtsAbout(const AssembledResponse &response);

/// How many tokens a delta stands for, where the stream told how many there were; else deltas are counted.
[[nodiscard]] std::optional<double> tokensInDelta(const AssembledResponse &response);
/// Tokens a second, or deltas, from the first to the last one; nothing before there were two.
[[nodiscard]] std::optional<double> rateOf(const AssembledResponse &response);

} // namespace pushscope
