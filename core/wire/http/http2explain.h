#pragma once

#include "core/base/bytes.h"
#include "core/wire/http/http2frame.h"

#include <string>

namespace pushscope {

// What the peer did wrong, in words for an Error's detail or a Reset's: nghttp2 tells it in short.

/// Of the reason that nghttp2 gives in a GOAWAY's debug data; "" when it isn't known here.
[[nodiscard]] std::string explainReason(ByteView reason);
/// Of a frame that nghttp2 refused with one of its error codes.
[[nodiscard]] std::string explainInvalidFrame(const Http2FrameHeader &frame, int libraryError);
/// Of one of nghttp2's fatal error codes.
[[nodiscard]] std::string explainFatal(int libraryError);
/// Where nothing but the code is known.
[[nodiscard]] std::string explainStreamError(Http2ErrorCode code);
[[nodiscard]] std::string explainConnectionError(Http2ErrorCode code);
/// Of another protocol's bytes where a server begins HTTP/2; "" when they are not known for one, or not yet.
[[nodiscard]] std::string explainForeign(ByteView opening);
/// More bytes may make them another protocol's.
[[nodiscard]] bool mayBecomeForeign(ByteView opening);
/// Of a server's first bytes, which are no SETTINGS frame.
[[nodiscard]] std::string explainNoSettings(ByteView opening);
/// A field that RFC 9113 section 8.2.1 doesn't allow.
[[nodiscard]] std::string explainInvalidField(ByteView name, ByteView value);
/// The error code that goes with one of nghttp2's error codes.
[[nodiscard]] Http2ErrorCode errorCodeOf(int libraryError);

} // namespace pushscope
