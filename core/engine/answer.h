#pragma once

#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/base/target.h"
#include "core/wire/http/httphead.h"
#include "core/wire/stream/streamsplitter.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pushscope {

/// What becomes of an answer's body.
enum class AnswerUse : std::uint8_t {
    EventStream,
    Lines,     ///< a stream that is no event stream, shown by line
    JsonTexts, ///< the same, shown by the texts of a JSON text sequence
    Parts,     ///< the same, shown by the parts of a multipart body
    Chunks,    ///< the same, shown as it arrives
    Redirect,
    Refused ///< no stream: the body is kept for showing, the session fails
};

struct AnswerPlan
{
    AnswerUse use = AnswerUse::Refused;
    Error error;                   ///< Refused, mayBeEventStream: why no event source takes it
    std::vector<Finding> findings; ///< about the answer's head
    std::string boundary;          ///< Parts
    /// Of another type, but the body may plainly be an event stream all the same: it is shown as one then, though the
    /// session fails in the end as it would in a browser.
    bool mayBeEventStream = false;
};

/// How an event source takes a final answer (WHATWG HTML 9.2.3 step 15: only 200 with text/event-stream opens;
/// everything else fails the connection). With TransportChoice::Auto a 200 with another streamed body opens too, as
/// what it is; HTML never does.
[[nodiscard]] AnswerPlan planAnswer(const HttpHead &answer, TransportChoice choice);

/// What takes the body of such a stream apart; `limit` is on the bytes of a unit.
[[nodiscard]] StreamSplitter splitterFor(const AnswerPlan &plan, std::uint64_t limit);

} // namespace pushscope
