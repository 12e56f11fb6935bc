#pragma once

#include <cstdint>
#include <string_view>

namespace pushscope {

/// What an option of curl's means here.
enum class CurlEffect : std::uint8_t {
    // the request
    Url,
    Method,
    Head,
    Header,
    UserAgent,
    Referer,
    Cookie,
    User,
    Bearer,
    Range,
    Compressed,
    RequestTarget,
    PathAsIs,
    DefaultScheme,
    // its body
    Data,
    DataBinary,
    DataRaw,
    DataUrlencode,
    Json,
    Form,
    FormString,
    Upload,
    UrlQuery, ///< not of the body, but written like it
    Get,
    // TLS
    Insecure,
    CaFile,
    Certificate,
    Key,
    Passphrase,
    Tls12,
    Tls13,
    // the way there
    Proxy,
    ProxyUser,
    Socks5,
    Resolve,
    ConnectTimeout,
    Http11,
    Http2,
    Http2PriorKnowledge,
    NoAlpn,
    // the rest
    Output,    ///< writes a file that nothing is written to here
    Ignored,   ///< changes nothing here
    Otherwise, ///< is done in another way: see `words`
    Refused    ///< asks for what can't be done here: see `words`
};

struct CurlOption
{
    std::string_view name; ///< without the dashes
    char letter;           ///< 0 when it has none
    bool takesValue;
    CurlEffect effect;
    std::string_view words = {}; ///< what is so here
};

/// The option of a long name or of a letter (curl 8); nullptr when there is none.
[[nodiscard]] const CurlOption *findCurlOption(std::string_view name);
[[nodiscard]] const CurlOption *findCurlOption(char letter);

} // namespace pushscope
