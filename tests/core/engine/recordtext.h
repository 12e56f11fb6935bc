#pragma once

#include "core/base/ids.h"

#include <string>
#include <string_view>

namespace pushscope {
class Capture;
}

namespace pushscope::test {

/// One record as one line, as playbooks compare it: its kind, what its facts say, and its bytes where they matter.
[[nodiscard]] std::string recordText(const Capture &capture, Seq seq);

/// Control characters and bytes above 0x7E as \r, \n, \t, \xHH.
[[nodiscard]] std::string escaped(std::string_view bytes);
[[nodiscard]] std::string unescaped(std::string_view text);

} // namespace pushscope::test
