#pragma once

#include "core/base/clock.h"
#include "core/demo/chatroom.h"
#include "core/demo/democounters.h"
#include "core/demo/feedhub.h"
#include "core/demo/mcpsessions.h"
#include "core/demo/requestguard.h"
#include "core/wire/tls/tlscontext.h"

#include <cstdint>
#include <memory>
#include <string>

namespace pushscope::demo {

/// What all connections of a running server share. Belongs to the server's thread, but for the counters.
struct DemoContext
{
    const Clock &clock;
    DemoCounters &counters;
    RequestGuard guard;
    std::shared_ptr<const TlsContext> tls; ///< one for all, so that a client's later connection resumes its first
    FeedHub feeds;
    ChatRooms rooms;
    McpSessions mcp;
    std::uint64_t seed = 1;
    std::uint16_t referencePort = 0; ///< where the QWebSocketServer listens
    std::string referenceOrigin;     ///< the one Origin that it takes: nobody else knows it
};

} // namespace pushscope::demo
