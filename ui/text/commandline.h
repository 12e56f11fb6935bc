#pragma once

#include "core/base/target.h"

#include <QString>

namespace pushscope {

/// The target as a shell command: `pushscope record ...`, every option that differs from its default.
[[nodiscard]] QString pushscopeCommand(const Target &target);
/// The same request for curl, as near as curl comes.
[[nodiscard]] QString curlCommandText(const Target &target);
/// Quoted for a POSIX shell where it has to be.
[[nodiscard]] QString shellQuoted(const QString &word);

} // namespace pushscope
