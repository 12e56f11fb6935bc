#pragma once

#include "core/base/bytes.h"
#include "core/base/target.h"
#include "core/wire/http/httphead.h"

#include <string>

namespace pushscope {

/// The parts of a request that redirects change (Fetch 4.4) and reconnects repeat.
struct RequestShape
{
    Url url;
    std::string method = "GET";
    std::vector<HeaderField> headers; ///< the user's, but for Last-Event-ID: see takeLastEventId()
    Bytes body;
    bool compressed = false; ///< offers content codings

    friend bool operator==(const RequestShape &, const RequestShape &) = default;
};

[[nodiscard]] RequestShape requestShape(const Target &target);

/// The value of Last-Event-ID for a last event ID: whitespace at its ends is not part of a field's value; "" means no
/// field.
[[nodiscard]] ByteView lastEventIdValue(ByteView lastEventId);

/// An event source's request (WHATWG HTML 9.2.2, 9.2.3): Host first, Accept, Cache-Control, Last-Event-ID unless empty,
/// then the user's fields in their order; one of the user's replaces ours of that name.
[[nodiscard]] HttpHead eventSourceRequest(const RequestShape &shape, ByteView lastEventId);

/// A companion request's: Host first, an Accept that takes anything, then the user's fields in their order; one of the
/// user's replaces ours of that name.
[[nodiscard]] HttpHead companionHead(const RequestShape &shape);

/// The fields that a WebSocket's opening request gets besides those of RFC 6455: ours that the user did not name, then
/// the user's.
[[nodiscard]] std::vector<HeaderField> webSocketFields(const RequestShape &shape);

/// CONNECT host:port to a proxy (RFC 9110 section 9.3.6).
[[nodiscard]] HttpHead connectRequest(const Url &url, const ProxyOptions &proxy);

/// "Basic ..." (RFC 7617).
[[nodiscard]] std::string basicCredentials(std::string_view user, std::string_view password);

} // namespace pushscope
