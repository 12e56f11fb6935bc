#pragma once

#include "core/base/bytes.h"

#include <cstdint>
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

/// Parses the bytes of one Event, Block or Incomplete fact. `atStreamStart` says that its range begins at 0, where a
/// byte order mark is skipped. Of an Incomplete, a last line without an ending is taken as if it had one.
[[nodiscard]] SseBlock parseSseBlock(ByteView block, bool atStreamStart = false);
/// How long its data is, counted without putting it together.
[[nodiscard]] std::uint64_t sseDataLength(ByteView block, bool atStreamStart = false);

/// The name and value of one line (Comment: name is "", value all that follows the colon), raw, without the line's
/// ending.
struct SseLine
{
    ByteView name;
    ByteView value;
};
[[nodiscard]] SseLine parseSseLine(ByteView line, bool atStreamStart = false);

} // namespace pushscope
