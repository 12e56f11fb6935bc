#pragma once

#include "core/wire/coding/contentencoder.h"
#include "core/wire/coding/decompressor.h"

#include <cstdint>
#include <memory>

namespace pushscope {

/// What stands around deflated data (RFC 1951): gzip's members (RFC 1952) or zlib's wrapper (RFC 1950).
enum class ZlibFormat : std::uint8_t { Gzip, Zlib };

/// Gzip: any number of members, one behind the other (RFC 1952 section 2.2). Zlib: data without the wrapper is taken
/// too, and isUnwrapped() tells.
[[nodiscard]] std::unique_ptr<Decompressor> makeZlibDecompressor(ZlibFormat format);
[[nodiscard]] std::unique_ptr<ContentEncoder> makeZlibEncoder(ZlibFormat format);

} // namespace pushscope
