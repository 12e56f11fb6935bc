#pragma once

#include "core/demo/parameters.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pushscope::demo {

/// What the demo's language model says in answer to a request, token by token. It follows from the parameters alone.
struct ModelTurn
{
    std::string model; ///< as the request named it
    std::vector<std::string> reasoning, text;
    std::vector<std::string> arguments; ///< of one call of a tool, JSON in pieces; none: it calls nothing
    bool breaksOff = false;             ///< an error stands in the place of the rest
    std::uint64_t promptTokens = 0;

    [[nodiscard]] std::uint64_t tokens() const { return reasoning.size() + text.size() + arguments.size(); }
};

/// tps, tokens, reasoning, tool, fail, burst, seed
[[nodiscard]] const std::vector<ParameterSpec> &modelParameters();
/// `body`: the request's; of it only the model's name is read.
[[nodiscard]] ModelTurn modelTurn(const Parameters &parameters, std::string_view body);

} // namespace pushscope::demo
