#pragma once

#include "app/options/commandline.h"

#include <string>

namespace pushscope {

/// What --help prints, at most 100 columns wide.
[[nodiscard]] std::string helpText(Subcommand subcommand);
/// The manual page pushscope.1 in man(7) macros.
[[nodiscard]] std::string manualPage();

} // namespace pushscope
