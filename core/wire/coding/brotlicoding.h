#pragma once

#include "core/wire/coding/contentencoder.h"
#include "core/wire/coding/decompressor.h"

#include <memory>

namespace pushscope {

/// Brotli (RFC 7932): windows of at most 16 MiB.
[[nodiscard]] std::unique_ptr<Decompressor> makeBrotliDecompressor();
[[nodiscard]] std::unique_ptr<ContentEncoder> makeBrotliEncoder();

} // namespace pushscope
