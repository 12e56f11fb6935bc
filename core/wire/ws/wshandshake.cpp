#include "core/wire/ws/wshandshake.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace pushscope {

namespace {

constexpr std::string_view acceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
constexpr std::string_view protocolVersion = "13";

std::string joined(const std::vector<std::string> &elements)
{
    std::string list;
    for (const std::string &element : elements)
        list += (list.empty() ? "" : ", ") + element;
    return list;
}

/// The extension-token of an element of Sec-WebSocket-Extensions (section 9.1).
std::string_view extensionName(std::string_view element)
{
    const std::string_view name = element.substr(0, element.find(';'));
    return name.substr(0, name.find_last_not_of(" \t") + 1);
}

/// Base64 of 16 bytes, which needs 22 digits and two signs of padding (section 4.2.1 item 5).
bool isKey(std::string_view key)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return key.size() == 24 && key.find_first_not_of(digits) == 22 && key.substr(22) == "==";
}

WsRejection rejected(Rule rule, std::string detail)
{
    return {{ErrorCode::WsHandshake, std::move(detail)}, {Finding{rule}}};
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

WsRejection wrongStatus(const HttpHead &answer, std::string_view wanted)
{
    const std::string reason = answer.reason.empty() ? "" : ' ' + answer.reason;
    return {{ErrorCode::HttpStatus,
             "the server answered " + std::to_string(answer.status) + reason + " instead of " + std::string(wanted)},
            {}};
}

/// That the connection is switched over, which HTTP/1.1's answer has to prove.
std::optional<WsRejection> checkUpgrade(const HttpHead &request, const HttpHead &answer)
{
    if (answer.status != 101)
        return wrongStatus(answer, "101 Switching Protocols");
    const Headers &headers = answer.headers;
    if (!headers.hasToken("Upgrade", "websocket"))
        return rejected(Rule::WsBadUpgrade,
                        "the answer's Upgrade field is " + quoted(headers.combined("Upgrade")) + ", not websocket");
    if (!headers.hasToken("Connection", "Upgrade"))
        return rejected(Rule::WsBadUpgrade,
                        "the answer's Connection field is " + quoted(headers.combined("Connection")) + ", not Upgrade");

    const std::string accept = headers.combined("Sec-WebSocket-Accept");
    const std::string expected = webSocketAccept(request.headers.value("Sec-WebSocket-Key").value_or(""));
    if (accept != expected)
        return rejected(Rule::WsBadAccept, "the answer's Sec-WebSocket-Accept is " + quoted(accept) +
                                               ", the key asks for " + quoted(expected));
    return std::nullopt;
}

} // namespace

std::string webSocketAccept(std::string_view key)
{
    const std::string text = std::string(key) + std::string(acceptGuid);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    std::array<unsigned char, 4 * ((EVP_MAX_MD_SIZE + 2) / 3) + 1> base64;
    const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
    return {base64.begin(), base64.begin() + length};
}

HttpHead webSocketRequest(const Url &url, const WebSocketOptions &options, const std::vector<HeaderField> &headers,
                          std::string_view key)
{
    std::vector<HeaderField> fields{{"Host", url.authority()},
                                    {"Upgrade", "websocket"},
                                    {"Connection", "Upgrade"},
                                    {"Sec-WebSocket-Key", std::string(key)},
                                    {"Sec-WebSocket-Version", std::string(protocolVersion)}};
    if (!options.origin.empty())
        fields.push_back({"Origin", options.origin});
    if (!options.subprotocols.empty())
        fields.push_back({"Sec-WebSocket-Protocol", joined(options.subprotocols)});

    const std::size_t own = fields.size();
    std::set<std::size_t> replaced;
    for (const HeaderField &header : headers) {
        std::size_t place = 0;
        while (place < own && (!equalsIgnoreCase(fields[place].name, header.name) || replaced.count(place) != 0))
            ++place;
        if (place < own) {
            fields[place] = header;
            replaced.insert(place);
        } else {
            fields.push_back(header);
        }
    }

    HttpHead request;
    request.method = "GET";
    request.target = url.target;
    request.headers = Headers(std::move(fields));
    return request;
}

Expected<WsAgreement, WsRejection> checkWebSocketAnswer(const HttpHead &request, const HttpHead &answer)
{
    // RFC 8441 section 5: over HTTP/2 the stream is the WebSocket with any 2xx, without a word on upgrading.
    const bool isHttp2 = answer.version == HttpVersion::Http2;
    if (isHttp2 && (answer.status < 200 || answer.status > 299))
        return wrongStatus(answer, "200");
    if (!isHttp2) {
        if (auto rejection = checkUpgrade(request, answer))
            return std::move(*rejection);
    }
    const Headers &headers = answer.headers;
    WsAgreement agreement{headers.combined("Sec-WebSocket-Protocol"), headers.combined("Sec-WebSocket-Extensions")};
    if (headers.contains("Sec-WebSocket-Protocol")) {
        const auto offered = request.headers.list("Sec-WebSocket-Protocol");
        if (std::find(offered.begin(), offered.end(), agreement.subprotocol) == offered.end())
            return rejected(Rule::WsSubprotocolNotOffered, "the server chose subprotocol " +
                                                               quoted(agreement.subprotocol) +
                                                               ", which was not offered");
    }
    const auto offered = request.headers.list("Sec-WebSocket-Extensions");
    for (const std::string &extension : headers.list("Sec-WebSocket-Extensions")) {
        const std::string_view name = extensionName(extension);
        if (std::none_of(offered.begin(), offered.end(),
                         [name](const std::string &offer) { return extensionName(offer) == name; }))
            return rejected(Rule::WsExtensionNotOffered,
                            "the server chose extension " + quoted(name) + ", which was not offered");
    }
    return agreement;
}

bool isWebSocketRequest(const HttpHead &request)
{
    return request.isRequest && request.headers.hasToken("Upgrade", "websocket");
}

Expected<WsOffer, WsRefusal> readWebSocketOffer(const HttpHead &request)
{
    const Headers &headers = request.headers;
    if (request.method != "GET")
        return WsRefusal{405, "A WebSocket is opened with GET, not " + request.method, {{"Allow", "GET"}}};
    if (!isWebSocketRequest(request))
        return WsRefusal{
            426, "This address speaks WebSocket only", {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}}};
    if (request.version == HttpVersion::Http10)
        return WsRefusal{400, "A WebSocket is opened over HTTP/1.1 or later", {}};
    if (!headers.hasToken("Connection", "Upgrade"))
        return WsRefusal{400, "The Connection field does not say Upgrade", {}};
    if (!headers.contains("Host"))
        return WsRefusal{400, "The Host field is missing", {}};
    if (const std::string version = headers.combined("Sec-WebSocket-Version"); version != protocolVersion)
        return WsRefusal{426,
                         "The WebSocket version is " + quoted(version) + ", not 13",
                         {{"Sec-WebSocket-Version", std::string(protocolVersion)}}};

    WsOffer offer;
    offer.key = headers.combined("Sec-WebSocket-Key");
    if (!isKey(offer.key))
        return WsRefusal{400, "The Sec-WebSocket-Key is not base64 of 16 bytes", {}};
    offer.subprotocols = headers.list("Sec-WebSocket-Protocol");
    offer.extensions = headers.combined("Sec-WebSocket-Extensions");
    offer.origin = headers.value("Origin").value_or("");
    return offer;
}

HttpHead webSocketAnswer(const WsOffer &offer, std::string_view subprotocol, std::string_view extensions)
{
    HttpHead answer;
    answer.isRequest = false;
    answer.status = 101;
    answer.reason = "Switching Protocols";
    answer.headers = {
        {"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Accept", webSocketAccept(offer.key)}};
    if (!subprotocol.empty())
        answer.headers.add("Sec-WebSocket-Protocol", std::string(subprotocol));
    if (!extensions.empty())
        answer.headers.add("Sec-WebSocket-Extensions", std::string(extensions));
    return answer;
}

} // namespace pushscope
