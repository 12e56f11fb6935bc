#include "app/descriptorlimit.h"

#include <algorithm>
#include <sys/resource.h>

namespace pushscope {

void makeRoomForConnections(std::size_t connections)
{
    constexpr std::size_t Others = 100; // output, capture, libraries
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= connections + Others)
        return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, connections + Others);
    (void)!::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace pushscope
