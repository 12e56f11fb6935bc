#pragma once

#include "core/base/target.h"

#include <QString>

namespace pushscope {

/// What the choice of HTTP version asks of the server, in a sentence; empty where it is nothing out of the ordinary.
[[nodiscard]] QString httpHint(const Target &target);

/// Why there is nothing to share and no server push; empty where there may be.
[[nodiscard]] QString sharingHint(const Target &target);

} // namespace pushscope
