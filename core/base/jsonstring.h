#pragma once

#include "core/base/bytes.h"

#include <string>

namespace pushscope {

/// What a JSON string says (RFC 8259 section 7): `spelled` is what stands between its quotes, of a text that was found
/// to be JSON. Escapes become UTF-8, the two halves of a surrogate pair one character. A surrogate without its other
/// half has no UTF-8: its escape stays as it is spelled. Bytes that are not UTF-8 stay too.
[[nodiscard]] std::string decodedJsonString(ByteView spelled);

/// Appends a code point, which is no surrogate, as UTF-8 (RFC 3629 section 3).
void appendUtf8(std::string &out, char32_t codePoint);

} // namespace pushscope
