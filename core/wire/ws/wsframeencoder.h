#pragma once

#include "core/base/bytes.h"
#include "core/wire/ws/wsframe.h"

#include <array>
#include <cstdint>
#include <optional>

namespace pushscope {

/// A frame to write, legal or not: every bit is free.
struct WsFrameSpec
{
    bool fin = true;
    std::uint8_t rsv = 0;
    WsOpcode opcode = WsOpcode::Text;
    std::optional<std::array<std::uint8_t, 4>> maskingKey; ///< none: unmasked
    std::optional<WsLengthForm> lengthForm;                ///< none: the minimal form
    std::optional<std::uint64_t> announcedLength;          ///< none: the payload's own
    Bytes payload;                                         ///< plain; masked while encoding
};

/// The frame's bytes. A length that its form can't hold is cut to the form's low bits (5.2); form Seven with 126 or 127
/// therefore writes a header that reads as another form.
[[nodiscard]] Bytes encodeWsFrame(const WsFrameSpec &spec);
/// The payload of a close frame (5.5.1): code and reason; code 0 makes it empty.
[[nodiscard]] Bytes closePayload(std::uint16_t code, ByteView reason);

} // namespace pushscope
