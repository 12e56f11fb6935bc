#pragma once

#include "core/base/bytes.h"

#include <QString>

namespace pushscope {

/// Bytes read as UTF-8, bad ones as U+FFFD, nothing else touched or left out; for the clipboard.
[[nodiscard]] QString decodedText(ByteView utf8);
/// Foreign text for one line: bytes read as UTF-8, bad ones as U+FFFD, control and bidirectional characters by their
/// numbers (⟨0A⟩), so that no text from the network can act on the window.
[[nodiscard]] QString visibleLine(ByteView utf8);
[[nodiscard]] QString visibleLine(const QString &text);
/// The same for text of several lines: line feeds and tabs stay.
[[nodiscard]] QString visibleText(ByteView utf8);

} // namespace pushscope
