#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"

#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// A simple command, taken apart.
struct ShellWords
{
    std::vector<std::string> words; ///< quotes removed, nothing expanded: `$NAME` stays as it is
    std::string rest; ///< from the first operator on (`| jq`, `> file`, a second line); "" when there is none
};

/// Splits a text as a POSIX shell would (XCU 2.2, 2.3), with bash's $'...'. A quote that is never closed is an Error.
[[nodiscard]] Expected<ShellWords, Error> splitShellWords(std::string_view text);

} // namespace pushscope
