#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// The value of a variable; nothing when it is not set.
using ShellVariables = std::function<std::optional<std::string>(const std::string &name)>;
[[nodiscard]] std::optional<std::string> environmentVariable(const std::string &name);

/// A simple command, taken apart.
struct ShellWords
{
    std::vector<std::string> words; ///< variables expanded, quotes removed
    std::string rest; ///< where its output goes (`> file`, `2>&1`) and all behind it (`| jq`, a second line)
};

/// Splits a text as a POSIX shell would (XCU 2.2, 2.3, 2.6), with bash's $'...'. A quote that is never closed is an
/// Error; so are a variable that is not set (a shell's empty text in its place is nobody's wish), a command inside the
/// command, which is never run, and an input that is redirected.
[[nodiscard]] Expected<ShellWords, Error> splitShellWords(std::string_view text, const ShellVariables &variables);

} // namespace pushscope
