#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pushscope {

class Capture;

/// What a message says, made when somebody looks: SSE data, comment text, unmasked WebSocket payload, body bytes. Raw, not decoded.
struct Payload
{
    Bytes bytes;
    bool isText = false;         ///< text by its kind (SSE, ws.text); binary messages and bodies are not
    std::uint64_t totalBytes = 0; ///< of the whole payload; `bytes` may be cut at the limit asked for
};
[[nodiscard]] Payload payloadOf(const Capture &capture, Seq seq, std::uint64_t limit = ~0ull);

/// The fields of an SSE message record, raw.
struct SseDetails
{
    Bytes type;                ///< "message" when the block names none
    Bytes id;                  ///< the last event ID at dispatch
    bool idSet = false;
    Bytes name;                ///< sse.unknown
    Bytes value;               ///< sse.unknown; digits of sse.retry
};
[[nodiscard]] SseDetails sseDetailsOf(const Capture &capture, Seq seq);

} // namespace pushscope
