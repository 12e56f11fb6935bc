#include "ui/text/httphint.h"

#include "ui/text/words.h"

namespace pushscope {

QString httpHint(const Target &target)
{
    if (target.http != HttpChoice::Http2)
        return {};
    if (!target.url.isSecure() && isWebSocket(target))
        return words("HTTP/2 in clear from the first byte (prior knowledge), the WebSocket by extended CONNECT "
                     "(RFC 8441): a server without them refuses.");
    if (!target.url.isSecure())
        return words("HTTP/2 in clear from the first byte (prior knowledge): a server that speaks HTTP/1.1 alone does "
                     "not understand it.");
    if (isWebSocket(target))
        return words("WebSocket over HTTP/2 is an extended CONNECT (RFC 8441): the server must offer it.");
    return {};
}

QString sharingHint(const Target &target)
{
    if (maySpeakHttp2(target))
        return {};
    return target.http == HttpChoice::Auto
               ? words("In clear, Auto is HTTP/1.1: a connection for each stream, and no server push.")
               : words("HTTP/1.1: a connection for each stream, and no server push.");
}

} // namespace pushscope
