#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <string>

namespace pushscope {

// How numbers and bytes look in rows and field tables.

/// "65,536"
[[nodiscard]] std::string grouped(std::uint64_t number);
/// "1 byte", "65,536 bytes"
[[nodiscard]] std::string byteCount(std::uint64_t bytes);
/// "5.3 to 1"; "" when there is nothing to compare with.
[[nodiscard]] std::string ratio(std::uint64_t plain, std::uint64_t wire);
/// "12.345 ms"
[[nodiscard]] std::string milliseconds(double ms);
/// "de ad be ef"
[[nodiscard]] std::string hexPairs(ByteView bytes);
/// At most `limit` bytes from the front: text where they are UTF-8 or `isText` says so (bad bytes replaced, never a cut
/// character at the end), hexadecimal pairs otherwise.
[[nodiscard]] std::string previewOf(ByteView bytes, std::size_t limit, bool isText);

} // namespace pushscope
