#pragma once

#include "core/demo/request.h"
#include "core/wire/ws/wshandshake.h"

namespace pushscope::demo {

/// What a request to open a WebSocket offers, or why it is none: a GET with Upgrade over HTTP/1.1 (RFC 6455 section
/// 4.2.1), an extended CONNECT over HTTP/2 (RFC 8441 section 5), whose offer has no key.
[[nodiscard]] Expected<WsOffer, WsRefusal> readOpening(const Request &request);

} // namespace pushscope::demo
