#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/shellwords.h"

#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// Whether a command is written for Windows' command interpreter, as browsers copy it there: a caret ends its first
/// line or stands before its first quote. No POSIX shell makes sense of that.
[[nodiscard]] bool isCmdCommand(std::string_view text);

/// Splits it as cmd.exe and then the C runtime would: ^ outside quotes takes the next character as it is, backslashes
/// count before quotes only, %NAME% is the variable's value. A quote that is never closed is an Error, and so is a
/// variable that is not set, where it can't be a percent-encoded byte.
[[nodiscard]] Expected<std::vector<std::string>, Error> splitCmdWords(std::string_view text,
                                                                      const ShellVariables &variables);

} // namespace pushscope
