#pragma once

#include <cstdint>

namespace pushscope {

/// Which end of a connection a codec plays.
enum class Role : std::uint8_t { Client, Server };

} // namespace pushscope
