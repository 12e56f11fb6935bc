#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/finding.h"
#include "core/base/target.h"
#include "core/wire/http/httphead.h"

#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// Base64 of SHA-1 of key and GUID (RFC 6455 section 4.2.2).
[[nodiscard]] std::string webSocketAccept(std::string_view key);

/// The opening request (section 4.1) for HTTP/1.1; `key` is base64 of 16 random bytes; user headers follow the
/// protocol's own and replace those of the same name.
[[nodiscard]] HttpHead webSocketRequest(const Url &url, const WebSocketOptions &options,
                                        const std::vector<HeaderField> &headers, std::string_view key);

/// What the answer agreed to (section 4.1, second list; over HTTP/2 as RFC 8441 section 5 has it).
struct WsAgreement
{
    std::string subprotocol;
    std::string extensions; ///< raw value of the answer
};
/// Why an answer must be refused: HttpStatus for a status other than 101 (HTTP/2: 2xx), else WsHandshake with the rule
/// that was broken. The Findings have no range: what shows them is the answer's head.
struct WsRejection
{
    Error error;
    std::vector<Finding> findings;
};
[[nodiscard]] Expected<WsAgreement, WsRejection> checkWebSocketAnswer(const HttpHead &request, const HttpHead &answer);

/// What a server needs to know of an opening request (section 4.2.1), or the status to refuse it with.
struct WsOffer
{
    std::string key;
    std::vector<std::string> subprotocols;
    std::string extensions;
    std::string origin;
};
struct WsRefusal
{
    int status;
    std::string reason; ///< for people, one sentence without a full stop
    Headers headers;    ///< that the answer must have: Allow, Upgrade, Sec-WebSocket-Version (section 4.4)
};
/// Whether a request asks for WebSocket, well or badly: `Upgrade: websocket`, whatever else it says.
[[nodiscard]] bool isWebSocketRequest(const HttpHead &request);
[[nodiscard]] Expected<WsOffer, WsRefusal> readWebSocketOffer(const HttpHead &request);
[[nodiscard]] HttpHead webSocketAnswer(const WsOffer &offer, std::string_view subprotocol,
                                       std::string_view extensions = {});

} // namespace pushscope
