#pragma once

#include "core/wire/http/http2frame.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pushscope {

// How HTTP/2's numbers look in rows and field tables.

/// The flag's name where the type has it: "END_STREAM", "ACK", ...; "" where it has no meaning.
[[nodiscard]] std::string_view flagWord(Http2FrameType type, std::uint8_t flag);
/// "END_STREAM END_HEADERS", flags without a meaning as a number: "END_STREAM 0x40"; "none".
[[nodiscard]] std::string flagsText(const Http2FrameHeader &header);
/// "HEADERS", "type 0xfa"
[[nodiscard]] std::string typeText(Http2FrameType type);
/// "MAX_FRAME_SIZE", "setting 0xface"
[[nodiscard]] std::string settingText(Http2Setting setting);
/// What a setting's value means for its receiver, a phrase; "" for a setting that nobody defined.
[[nodiscard]] std::string noteOfSetting(Http2Setting setting, std::uint32_t value);
/// Whose stream it is (RFC 9113 section 5.1.1).
[[nodiscard]] std::string noteOfStream(std::uint32_t stream);

} // namespace pushscope
