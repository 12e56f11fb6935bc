#pragma once

#include "core/wire/http/headers.h"
#include "core/wire/http/http2frame.h"

#include <cstdint>
#include <initializer_list>

namespace pushscope::test {

// Frames as bytes, right or wrong as the arguments are.

[[nodiscard]] Bytes frame(Http2FrameType type, std::uint8_t flags, std::uint32_t stream, ByteView payload = {});
[[nodiscard]] Bytes data(std::uint32_t stream, ByteView bytes, bool endsStream = true);
/// With END_HEADERS.
[[nodiscard]] Bytes headers(std::uint32_t stream, ByteView block, bool endsStream = true);
[[nodiscard]] Bytes continuation(std::uint32_t stream, ByteView block, bool endsHeaders = true);
[[nodiscard]] Bytes priority(std::uint32_t stream, std::uint32_t dependency, std::uint8_t weight = 15,
                             bool exclusive = false);
[[nodiscard]] Bytes rstStream(std::uint32_t stream, Http2ErrorCode code = Http2ErrorCode::Cancel);
[[nodiscard]] Bytes settings(std::initializer_list<Http2SettingValue> values = {});
[[nodiscard]] Bytes settingsAck();
[[nodiscard]] Bytes ping(ByteView opaque = "pushping");
[[nodiscard]] Bytes goaway(std::uint32_t lastStream, Http2ErrorCode code = Http2ErrorCode::NoError);
[[nodiscard]] Bytes windowUpdate(std::uint32_t stream, std::uint32_t increment);
[[nodiscard]] Bytes pushPromise(std::uint32_t stream, std::uint32_t promised, ByteView block);

[[nodiscard]] Bytes uint16(std::uint32_t number);
[[nodiscard]] Bytes uint32(std::uint32_t number);

/// A field as a literal without indexing, its name spelt out (RFC 7541 section 6.2.2).
[[nodiscard]] Bytes literal(ByteView name, ByteView value);
[[nodiscard]] Bytes fieldBlock(const Headers &fields);
/// A whole request's fields.
[[nodiscard]] Headers requestFields(ByteView method = "GET", const Headers &more = {});
[[nodiscard]] Bytes requestBlock(ByteView method = "GET", const Headers &more = {});
[[nodiscard]] Bytes answerBlock(ByteView status = "200", const Headers &more = {});
/// The same frames, their requests for another authority than requestFields() has.
[[nodiscard]] Bytes withAuthority(ByteView frames, ByteView authority);
/// Many fields, about so many bytes altogether.
[[nodiscard]] Bytes longBlock(std::size_t bytes);

} // namespace pushscope::test
