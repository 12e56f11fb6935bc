#pragma once

#include "core/wire/http/httphead.h"

#include <string_view>

namespace pushscope {

/// Whether HTTP/2 has no place for a field (RFC 9113 section 8.2.2): what concerns one connection is its frames'
/// matter.
[[nodiscard]] bool isConnectionSpecific(std::string_view name, std::string_view value);

/// A request's head as HTTP/2 has it (RFC 9113 section 8.3.1): the request line and Host become pseudo-header fields,
/// names lower case, connection-specific fields left out. A WebSocket's opening request becomes an extended CONNECT
/// (RFC 8441 section 4), which needs no key.
[[nodiscard]] HttpHead http2Request(const HttpHead &http1, std::string_view scheme);

} // namespace pushscope
