#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pushscope {

// JSON by hand (RFC 8259), appended to a string: what writes hundreds of thousands of lines a second.

void appendNumber(std::string &out, std::uint64_t value);
void appendNumber(std::string &out, std::int64_t value);
/// Milliseconds or another measure with up to six decimals, none that are 0.
void appendDecimal(std::string &out, double value);
/// Of bytes that are UTF-8; what JSON demands is escaped, everything else stays as it is.
void appendString(std::string &out, ByteView utf8);
/// In quotes.
void appendBase64(std::string &out, ByteView bytes);
/// A string, or {"base64": ...} for bytes that are not UTF-8.
void appendStringOrBase64(std::string &out, ByteView bytes);

// Members of an object: each begins with a comma.
void appendKey(std::string &out, std::string_view name);
void appendMember(std::string &out, std::string_view name, std::uint64_t value);
void appendMember(std::string &out, std::string_view name, bool value);
/// Bytes that are UTF-8, or `name`_base64 in its place.
void appendData(std::string &out, std::string_view name, ByteView bytes);
/// Text with U+FFFD for bad bytes (WHATWG Encoding, UTF-8 decode), and `name`_base64 beside it where that differs from
/// the bytes.
void appendText(std::string &out, std::string_view name, ByteView bytes);
void appendNull(std::string &out, std::string_view name);

} // namespace pushscope
