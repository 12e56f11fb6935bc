#pragma once

#include "core/base/bytes.h"
#include "core/wire/http/httphead.h"

namespace pushscope {

/// A head as HTTP/1.1 bytes, blank line included; names and order as given (RFC 9112 section 2.1). CR, LF and NUL in
/// names or values are refused by an assertion: whoever takes them from a person checks first with isWritable().
[[nodiscard]] Bytes writeHttp1Head(const HttpHead &head);
[[nodiscard]] bool isWritable(const HttpHead &head);
/// One chunk (section 7.1); empty data makes the last chunk with an empty trailer section.
void appendChunk(Bytes &out, ByteView data, ByteView extension = {});
[[nodiscard]] Bytes writeChunk(ByteView data, ByteView extension = {});
[[nodiscard]] Bytes writeLastChunk(const Headers &trailers);

} // namespace pushscope
