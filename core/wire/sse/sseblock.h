#pragma once

#include "core/base/bytes.h"

#include <optional>

namespace pushscope {

/// The fields of one block, as raw bytes without decoding: what explains an event when it becomes visible.
struct SseBlock
{
    Bytes type;              ///< "" when no `event` field: the type is then "message"
    Bytes data;              ///< lines joined with LF, without the final one
    std::optional<Bytes> id; ///< set when the block set it; "" is a value
    bool hasData = false;
};

/// Parses the bytes of one Event, Block or Incomplete fact (a leading BOM is skipped only if `atStreamStart`).
[[nodiscard]] SseBlock parseSseBlock(ByteView block, bool atStreamStart = false);

/// The name and value of one line (Comment: name is "", value the comment's text), raw.
struct SseLine
{
    ByteView name;
    ByteView value;
};
[[nodiscard]] SseLine parseSseLine(ByteView line);

} // namespace pushscope
