#pragma once

#include "core/wire/http/headers.h"
#include "core/wire/http/httphead.h"

#include <cstdint>

struct nghttp2_session;

namespace pushscope {

// What a codec sends, as nghttp2 takes it. Names are lowered and fields that HTTP/2 has no place for (RFC 9113 section
// 8.2.2) left out. Content comes from the stream's Http2SendQueue, in the Http2Context of the session.

/// The new stream, or one of nghttp2's errors, which are negative. Without content the request is whole.
std::int32_t submitHttp2Request(nghttp2_session *session, const Headers &fields, bool hasContent);
std::int32_t submitHttp2Promise(nghttp2_session *session, std::uint32_t stream, const Headers &fields);
/// A final answer's content and end follow from the stream's queue.
void submitHttp2Answer(nghttp2_session *session, std::uint32_t stream, const HttpHead &head);

} // namespace pushscope
