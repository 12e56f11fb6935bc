#pragma once

#include "core/base/bytes.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace pushscope {

/// RFC 6455 section 5.2; values not listed are reserved.
enum class WsOpcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

[[nodiscard]] constexpr bool isControl(WsOpcode opcode) noexcept
{
    return (static_cast<std::uint8_t>(opcode) & 0x8) != 0;
}
[[nodiscard]] constexpr bool isReserved(WsOpcode opcode) noexcept
{
    const auto value = static_cast<std::uint8_t>(opcode);
    return (value >= 3 && value <= 7) || value >= 11;
}
/// "text", "binary", "close", ... "reserved-3"
[[nodiscard]] std::string_view word(WsOpcode opcode);

/// How the payload length was written (RFC 6455 section 5.2).
enum class WsLengthForm : std::uint8_t { Seven, Sixteen, SixtyFour };

/// A frame header, as on the wire, right or wrong.
struct WsFrameHeader
{
    bool fin = true;
    std::uint8_t rsv = 0; ///< RSV1 is 4, RSV2 is 2, RSV3 is 1
    WsOpcode opcode = WsOpcode::Text;
    bool masked = false;
    std::array<std::uint8_t, 4> maskingKey{};
    WsLengthForm lengthForm = WsLengthForm::Seven;
    std::uint64_t payloadLength = 0; ///< as written, the high bit included
    std::uint8_t headerLength = 2;   ///< 2 to 14

    friend bool operator==(const WsFrameHeader &, const WsFrameHeader &) = default;
};

/// Whether a code may stand in a close frame (RFC 6455 sections 7.4.1 and 7.4.2, and the registry that 11.7 opened:
/// 1012 to 1014).
[[nodiscard]] constexpr bool isSendableCloseCode(std::uint16_t code) noexcept
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

/// Applies the masking key to payload bytes that begin at `offset` of the frame's payload (RFC 6455 section 5.3). In
/// place.
void applyMask(char *bytes, std::size_t size, const std::array<std::uint8_t, 4> &key, std::uint64_t offset = 0);

} // namespace pushscope
