#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/capture/details/ssedetails.h"

#include <cstdint>
#include <string>

namespace pushscope {

class Capture;

/// What a record says, made when somebody looks: SSE data, comment text, unmasked WebSocket payload, body bytes, the
/// bytes of a head, chunk-size line or socket read. Raw, not decoded. Connection records made of facts have none.
struct Payload
{
    Bytes bytes{};
    bool isText = false;          ///< text by its kind (SSE, ws.text, heads); binary messages and bodies are not
    std::uint64_t totalBytes = 0; ///< of the whole payload; `bytes` may be cut at the limit asked for
    std::string mediaType{};      ///< what a part of a multipart body says of itself; "" for everything else
};
[[nodiscard]] Payload payloadOf(const Capture &capture, Seq seq, std::uint64_t limit = ~0ull);

} // namespace pushscope
