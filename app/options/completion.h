#pragma once

#include <string>

namespace pushscope {

/// What bash sources to complete subcommands, options and those of their values that are words; where anything else is
/// expected it falls back to file names.
[[nodiscard]] std::string bashCompletion();

} // namespace pushscope
