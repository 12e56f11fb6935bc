#include "app/descriptorlimit.h"

#include <algorithm>
#include <sys/resource.h>

namespace pushscope {

void makeRoomForConnections(std::size_t connections)
{
    constexpr std::size_t Each = 2;     // Qt's own and NativeSocket's
    constexpr std::size_t Others = 100; // output, capture, libraries
    const std::size_t wanted = Each * connections + Others;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted);
    (void)!::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace pushscope
