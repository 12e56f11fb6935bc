#pragma once

#include "core/base/bytes.h"

#include <cstddef>

namespace pushscope {

/// How many bytes from the text's beginning are whole sequences of well-formed UTF-8, found 32 at a time; may fall
/// short by 35 bytes, of a short text by all, and says 0 wherever the processor has no such instructions (AVX2). The
/// idea, to look up the nibbles of each two neighbours in three tables, is that of J. Keiser and D. Lemire, "Validating
/// UTF-8 In Less Than One Instruction Per Byte" (2021).
[[nodiscard]] std::size_t wellFormedBlocks(ByteView text);

} // namespace pushscope
