#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/target.h"

#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// What a pasted curl command asks for.
struct CurlCommand
{
    Target target;
    /// Flags that would read or write local files (`-d @file`, `-K`, `--key`, `-o`): named so that the user can be asked first;
    /// they are not carried out by parseCurlCommand().
    std::vector<std::string> fileFlags;
    std::vector<std::string> ignoredFlags; ///< flags that change nothing here (`-N`, `-s`, `--no-buffer`)
};

/// Whether a text looks like a curl command rather than a URL.
[[nodiscard]] bool isCurlCommand(std::string_view text);

/// Parses the command as a POSIX shell would split it (quotes, $'...', line continuations); an unknown flag is an Error that names it.
[[nodiscard]] Expected<CurlCommand, Error> parseCurlCommand(std::string_view text);

} // namespace pushscope
