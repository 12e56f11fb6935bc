#include "core/base/curloptions.h"

#include <algorithm>

namespace pushscope {

namespace {
using enum CurlEffect;

constexpr bool value = true;
constexpr bool flag = false;

// clang-format off
constexpr CurlOption options[] = {
    {"url", 0, value, Url},
    {"request", 'X', value, Method},
    {"head", 'I', flag, Head},
    {"header", 'H', value, Header},
    {"user-agent", 'A', value, UserAgent},
    {"referer", 'e', value, Referer},
    {"cookie", 'b', value, Cookie},
    {"user", 'u', value, User},
    {"oauth2-bearer", 0, value, Bearer},
    {"compressed", 0, flag, Compressed},
    {"data", 'd', value, Data},
    {"data-ascii", 0, value, Data},
    {"data-binary", 0, value, DataBinary},
    {"data-raw", 0, value, DataRaw},
    {"data-urlencode", 0, value, DataUrlencode},
    {"json", 0, value, Json},
    {"form", 'F', value, Form},
    {"form-string", 0, value, FormString},
    {"url-query", 0, value, UrlQuery},
    {"get", 'G', flag, Get},
    {"insecure", 'k', flag, Insecure},
    {"cacert", 0, value, CaFile},
    {"cert", 'E', value, Certificate},
    {"key", 0, value, Key},
    {"pass", 0, value, Passphrase},
    {"tlsv1.2", 0, flag, Tls12},
    {"tlsv1.3", 0, flag, Tls13},
    {"proxy", 'x', value, Proxy},
    {"proxy-user", 'U', value, ProxyUser},
    {"socks5", 0, value, Socks5},
    {"socks5-hostname", 0, value, Socks5},
    {"resolve", 0, value, Resolve},
    {"connect-timeout", 0, value, ConnectTimeout},
    {"no-alpn", 0, flag, NoAlpn},
    {"http1.1", 0, flag, Http11},
    {"http2", 0, flag, Http2},
    {"http2-prior-knowledge", 0, flag, Http2PriorKnowledge},

    {"config", 'K', value, File},
    {"output", 'o', value, File},
    {"output-dir", 0, value, File},
    {"remote-name", 'O', flag, File},
    {"remote-header-name", 'J', flag, File},
    {"dump-header", 'D', value, File},
    {"cookie-jar", 'c', value, File},
    {"stderr", 0, value, File},
    {"trace", 0, value, File},
    {"trace-ascii", 0, value, File},
    {"capath", 0, value, File},
    {"netrc", 'n', flag, File},
    {"netrc-file", 0, value, File},

    {"basic", 0, flag, Ignored},
    {"cert-type", 0, value, Ignored},
    {"ciphers", 0, value, Ignored},
    {"disable", 'q', flag, Ignored},
    {"fail", 'f', flag, Ignored},
    {"fail-early", 0, flag, Ignored},
    {"fail-with-body", 0, flag, Ignored},
    {"globoff", 'g', flag, Ignored},
    {"include", 'i', flag, Ignored},
    {"ipv4", '4', flag, Ignored},
    {"ipv6", '6', flag, Ignored},
    {"keepalive-time", 0, value, Ignored},
    {"key-type", 0, value, Ignored},
    {"limit-rate", 0, value, Ignored},
    {"location", 'L', flag, Ignored},
    {"max-redirs", 0, value, Ignored},
    {"max-time", 'm', value, Ignored},
    {"no-buffer", 'N', flag, Ignored},
    {"no-keepalive", 0, flag, Ignored},
    {"no-progress-meter", 0, flag, Ignored},
    {"no-sessionid", 0, flag, Ignored},
    {"noproxy", 0, value, Ignored},
    {"path-as-is", 0, flag, Ignored},
    {"progress-bar", '#', flag, Ignored},
    {"raw", 0, flag, Ignored},
    {"retry", 0, value, Ignored},
    {"retry-delay", 0, value, Ignored},
    {"retry-max-time", 0, value, Ignored},
    {"show-error", 'S', flag, Ignored},
    {"silent", 's', flag, Ignored},
    {"speed-limit", 'Y', value, Ignored},
    {"speed-time", 'y', value, Ignored},
    {"styled-output", 0, flag, Ignored},
    {"tcp-nodelay", 0, flag, Ignored},
    {"tlsv1", '1', flag, Ignored},
    {"trace-time", 0, flag, Ignored},
    {"verbose", 'v', flag, Ignored},
    {"write-out", 'w', value, Ignored},

    {"aws-sigv4", 0, value, Refused},
    {"connect-to", 0, value, Refused},
    {"digest", 0, flag, Refused},
    {"http1.0", '0', flag, Refused},
    {"http3", 0, flag, Refused},
    {"http3-only", 0, flag, Refused},
    {"negotiate", 0, flag, Refused},
    {"next", ':', flag, Refused},
    {"ntlm", 0, flag, Refused},
    {"range", 'r', value, Refused},
    {"socks4", 0, value, Refused},
    {"socks4a", 0, value, Refused},
    {"unix-socket", 0, value, Refused},
    {"upload-file", 'T', value, Refused},
};
// clang-format on

template <class Key>
const CurlOption *find(Key key, Key CurlOption::*member)
{
    const auto found = std::ranges::find(options, key, member);
    return found == std::ranges::end(options) ? nullptr : found;
}
} // namespace

const CurlOption *findCurlOption(std::string_view name)
{
    return find(name, &CurlOption::name);
}

const CurlOption *findCurlOption(char letter)
{
    return letter == 0 ? nullptr : find(letter, &CurlOption::letter);
}

} // namespace pushscope
