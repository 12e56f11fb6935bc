#pragma once

#include "core/base/bytes.h"

#include <cstdint>

namespace pushscope {

/// What a splitter finds in a streamed body that is no event stream. Ranges count from the body's first byte.
struct StreamUnit
{
    enum class Kind : std::uint8_t {
        Line,  ///< with its line ending; or a JSON text with the LF behind it, without the separator before it
        Chunk, ///< as it arrived
        Part   ///< of a multipart body: its head and its content, without the delimiters around it
    };
    Kind kind = Kind::Line;
    bool isCut = false; ///< the stream's end or the limit cut it: the range is what there is of it
    ByteRange range;
};

} // namespace pushscope
