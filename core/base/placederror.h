#pragma once

#include <cstddef>
#include <string>

namespace pushscope {

/// What is wrong with a text that somebody typed, and where.
struct PlacedError
{
    std::size_t place = 0; ///< the byte that can't stand there; the text's size when it ends too early
    std::string reason;    ///< an English sentence for people, without a full stop
};

} // namespace pushscope
