#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/base/target.h"
#include "core/engine/eventcount.h"
#include "core/engine/idhistory.h"
#include "core/engine/resumecheck.h"

#include <optional>

namespace pushscope {

/// What an event source remembers from one connection to the next (WHATWG HTML 9.2.2).
struct EventSourceState
{
    Bytes lastEventId;                 ///< the last event ID string
    Seq idSetBy;                       ///< the record that set it; of a request when the user gave it
    std::optional<Milliseconds> retry; ///< a reconnection time that came since the last look
    IdHistory ids;
    ResumeCheck resume;
    EventCount count; ///< of the events dispatched on this connection
};

} // namespace pushscope
