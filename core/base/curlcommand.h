#pragma once

#include "core/base/curlbody.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/shellwords.h"
#include "core/base/target.h"

#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// What a pasted curl command asks for.
struct CurlCommand
{
    Target target;
    /// Flags that read local files, with their values (`-d @file`, `--key file`): named so that the user can be asked
    /// first. Certificate, key and CA go into `target.tls`, to be read when it is used.
    std::vector<std::string> fileFlags;
    /// What changes nothing here (`-N`, `-s`, a WebSocket key that was copied along), and what follows
    /// the command (`| jq`).
    std::vector<std::string> ignoredFlags;
    /// What is done otherwise than by curl, a line each that begins with the flag.
    std::vector<std::string> differences;
};

/// Whether a text looks like a curl command rather than a URL.
[[nodiscard]] bool isCurlCommand(std::string_view text);

/// Parses the command as a POSIX shell would split it (quotes, $'...', line continuations), or as Windows' command
/// interpreter when it is written for that one, with the values of `variables`; an unknown flag is an Error that names
/// it. It touches no file but by `files`, for what makes fields and body: without it such a part is left out.
[[nodiscard]] Expected<CurlCommand, Error> parseCurlCommand(std::string_view text, const ShellVariables &variables,
                                                            CurlFiles files = {});

} // namespace pushscope
