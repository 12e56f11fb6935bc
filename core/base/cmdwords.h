#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// Whether a command is written for Windows' command interpreter, as browsers copy it there: a caret ends its first
/// line or stands before its first quote. No POSIX shell makes sense of that.
[[nodiscard]] bool isCmdCommand(std::string_view text);

/// Splits it as cmd.exe and then the C runtime would: ^ outside quotes takes the next character as it is, backslashes
/// count before quotes only. Nothing is expanded. Nothing when a quote is never closed.
[[nodiscard]] std::optional<std::vector<std::string>> splitCmdWords(std::string_view text);

} // namespace pushscope
