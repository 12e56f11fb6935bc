#include "core/demo/websocketopening.h"

namespace pushscope::demo {

namespace {

Expected<WsOffer, WsRefusal> readExtendedConnect(const Request &request)
{
    if (request.protocol != "websocket")
        return WsRefusal{405,
                         "Over HTTP/2 a WebSocket is opened by CONNECT with :protocol websocket (RFC 8441)",
                         {{"Allow", "CONNECT"}}};
    const Headers &headers = request.head->headers;
    if (const std::string version = headers.combined("Sec-WebSocket-Version"); version != "13")
        return WsRefusal{
            400, "The WebSocket version is \"" + version + "\", not 13", {{"Sec-WebSocket-Version", "13"}}};
    WsOffer offer;
    offer.subprotocols = headers.list("Sec-WebSocket-Protocol");
    offer.extensions = headers.combined("Sec-WebSocket-Extensions");
    offer.origin = headers.value("Origin").value_or("");
    return offer;
}

} // namespace

Expected<WsOffer, WsRefusal> readOpening(const Request &request)
{
    return request.head->version == HttpVersion::Http2 ? readExtendedConnect(request)
                                                       : readWebSocketOffer(*request.head);
}

} // namespace pushscope::demo
