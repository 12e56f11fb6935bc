#pragma once

#include "core/base/ids.h"
#include "core/capture/capturewriter.h"
#include "core/engine/alarms.h"
#include "core/engine/linkpool.h"
#include "core/engine/moment.h"
#include "core/engine/proxysettings.h"
#include "core/engine/transport.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace pushscope {

/// What sessions share: the writer, time, connections, sockets and chance. Outlives them.
struct EngineServices
{
    CaptureWriter &writer;
    Moment &moment;
    Alarms &alarms;
    LinkPool &links;
    std::function<std::unique_ptr<Transport>()> makeTransport;
    std::function<ConnectionId()> nextConnection;
    std::function<std::uint32_t()> random;
    Environment environment;
};

} // namespace pushscope
