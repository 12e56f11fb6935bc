#pragma once

#include <string>
#include <string_view>

namespace pushscope {

/// A text that may hold a peer's words, as a terminal may have it: shown, not obeyed. Control characters (C0, DEL, C1),
/// what turns the direction of writing or breaks the line, and bytes that are no UTF-8 are escaped.
[[nodiscard]] std::string terminalText(std::string_view text);

} // namespace pushscope
