#pragma once

#include "core/base/ids.h"

#include <memory>
#include <string>
#include <vector>

namespace pushscope {
class Capture;
}

namespace pushscope::test {

/// The reconnect ledger of a session, a line for each attempt; times in milliseconds.
[[nodiscard]] std::vector<std::string> ledgerText(const std::shared_ptr<const Capture> &capture, SessionId session);

} // namespace pushscope::test
