#pragma once

#include <cstddef>

namespace pushscope {

/// Raises this process's limit on open descriptors so that as many connections fit, as far as the system lets it: the
/// usual 1024 are a courtesy to programs that use select(), which we don't. What still does not fit fails one by one.
void makeRoomForConnections(std::size_t connections);

} // namespace pushscope
