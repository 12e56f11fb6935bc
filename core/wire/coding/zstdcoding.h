#pragma once

#include "core/wire/coding/contentencoder.h"
#include "core/wire/coding/decompressor.h"

#include <memory>

namespace pushscope {

/// Zstandard (RFC 8878): any number of frames, one behind the other, with windows of at most 8 MiB (RFC 9659).
[[nodiscard]] std::unique_ptr<Decompressor> makeZstdDecompressor();
[[nodiscard]] std::unique_ptr<ContentEncoder> makeZstdEncoder();

} // namespace pushscope
