#pragma once

#include "core/base/clock.h"
#include "core/demo/chatroom.h"
#include "core/demo/democounters.h"
#include "core/demo/feedhub.h"
#include "core/demo/requestguard.h"
#include "core/wire/tls/tlschannel.h"

#include <cstdint>
#include <string>

namespace pushscope::demo {

/// What all connections of a running server share. Belongs to the server's thread, but for the counters.
struct DemoContext
{
    const Clock &clock;
    DemoCounters &counters;
    RequestGuard guard;
    TlsConfig tls;
    FeedHub feeds;
    ChatRooms rooms;
    std::uint64_t seed = 1;
    std::uint16_t referencePort = 0; ///< where the QWebSocketServer listens
    std::string referenceOrigin;     ///< the one Origin that it takes: nobody else knows it
};

} // namespace pushscope::demo
