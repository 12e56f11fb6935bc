#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/base/target.h"
#include "core/engine/idhistory.h"
#include "core/engine/resumecheck.h"

#include <cstdint>
#include <limits>
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
    std::uint64_t events = 0; ///< dispatched on this connection
    std::uint64_t eventLimit =
        std::numeric_limits<std::uint64_t>::max(); ///< after so many nothing more is read of a connection
    [[nodiscard]] bool isLimitReached() const { return events >= eventLimit; }
};

} // namespace pushscope
