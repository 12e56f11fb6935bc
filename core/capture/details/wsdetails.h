#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/wire/ws/wsframe.h"

#include <cstdint>
#include <optional>

namespace pushscope {

class Capture;

/// The header of a ws.frame record; of one that the stream's end cut what was there.
[[nodiscard]] WsFrameHeader wsHeaderOf(const Capture &capture, Seq frame);

/// A WebSocket message put together again from the frames that carried it (RFC 6455 section 5.4).
struct WsMessageDetails
{
    Bytes payload;                  ///< unmasked, inflated if it was compressed
    std::uint64_t payloadBytes = 0; ///< of the whole payload; `payload` may be cut at the limit asked for
    std::uint64_t wireBytes = 0;    ///< of its frames, headers included
    std::uint32_t frames = 0;
    std::optional<std::uint64_t> compressed; ///< payload bytes before inflating
};
/// Of a ws.* message record, or of one ws.frame. `details` is overwritten, its memory used again.
void readWsMessage(const Capture &capture, Seq seq, std::uint64_t limit, WsMessageDetails &details);

/// What the payload of a close frame says (section 5.5.1).
struct WsCloseDetails
{
    std::uint16_t code = 1005; ///< 1005 when there is none (section 7.1.5)
    ByteView reason;
};
[[nodiscard]] WsCloseDetails wsCloseOf(ByteView payload);
/// Whether the other side's close frame is in the capture too (RFC 6455 section 7.1.4): as long as the connection has
/// no End it may still come.
enum class CloseAnswer : std::uint8_t { Awaited, Came, Missing };
/// As far as the capture is published. For the first close frame of a connection what came behind it is looked through:
/// from `from` on, for a caller that saw already that nothing before tells.
[[nodiscard]] CloseAnswer closeAnswerOf(const Capture &capture, Seq close, Seq from = Seq());

} // namespace pushscope
