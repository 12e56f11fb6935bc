#pragma once

#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/base/target.h"
#include "core/wire/http/httphead.h"

#include <cstdint>
#include <vector>

namespace pushscope {

/// What becomes of an answer's body.
enum class AnswerUse : std::uint8_t {
    EventStream,
    Lines,  ///< a stream that is no event stream, shown by line
    Chunks, ///< the same, shown as it arrives
    Redirect,
    Refused ///< no stream: the body is kept for showing, the session fails
};

struct AnswerPlan
{
    AnswerUse use = AnswerUse::Refused;
    Error error;                   ///< Refused: why
    std::vector<Finding> findings; ///< about the answer's head
};

/// How an event source takes a final answer (WHATWG HTML 9.2.3 step 15: only 200 with text/event-stream opens;
/// everything else fails the connection). With TransportChoice::Auto a 200 with another streamed body opens too, as
/// what it is; HTML never does.
[[nodiscard]] AnswerPlan planAnswer(const HttpHead &answer, TransportChoice choice);

} // namespace pushscope
