#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/wire/sse/sseblock.h"

namespace pushscope {

class Capture;

/// The fields of an SSE message record, raw.
struct SseDetails
{
    Bytes type; ///< "message" when the block names none
    Bytes id;   ///< the last event ID at dispatch
    bool idSet = false;
    Bytes name;  ///< sse.unknown
    Bytes value; ///< sse.unknown; digits of sse.retry; text of sse.comment
};
[[nodiscard]] SseDetails sseDetailsOf(const Capture &capture, Seq seq);

/// The block of an event, a block without data, or what was cut off.
[[nodiscard]] SseBlock sseBlockOf(const Capture &capture, Seq seq);
/// The last event ID that a record set: an event or a block with an id field, or a request with a Last-Event-ID. Empty
/// for anything else.
[[nodiscard]] Bytes lastEventIdSetBy(const Capture &capture, Seq seq);
/// The last event ID in force at an event stream's record, as it would be sent; empty when there was none, or for any
/// other record.
[[nodiscard]] Bytes lastEventIdAt(const Capture &capture, Seq seq);
/// The line of a comment, retry or unknown field, as much of it as the record's first `limit` bytes hold; views of
/// `scratch` or of the log.
[[nodiscard]] SseLine sseLineOf(const Capture &capture, Seq seq, Bytes &scratch, std::uint64_t limit = ~0ull);

} // namespace pushscope
