#include "core/base/curloptions.h"

#include <algorithm>

namespace pushscope {

namespace {
using enum CurlEffect;

constexpr bool value = true;
constexpr bool flag = false;

constexpr std::string_view OnlyAuthorizations = "the only authorizations here are Basic and Bearer";
constexpr std::string_view OnlyVersions = "Pushscope speaks HTTP/1.1 and HTTP/2";
constexpr std::string_view NoNetrc = "Pushscope reads no .netrc: -u gives the name and the password";
constexpr std::string_view OnlyProxies = "Pushscope knows proxies of the kinds http and socks5";
constexpr std::string_view OnlyTcp = "Pushscope connects by TCP alone";

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
    {"range", 'r', value, Range},
    {"compressed", 0, flag, Compressed},
    {"request-target", 0, value, RequestTarget},
    {"path-as-is", 0, flag, PathAsIs},
    {"proto-default", 0, value, DefaultScheme},
    {"data", 'd', value, Data},
    {"data-ascii", 0, value, Data},
    {"data-binary", 0, value, DataBinary},
    {"data-raw", 0, value, DataRaw},
    {"data-urlencode", 0, value, DataUrlencode},
    {"json", 0, value, Json},
    {"form", 'F', value, Form},
    {"form-string", 0, value, FormString},
    {"upload-file", 'T', value, Upload},
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

    {"alt-svc", 0, value, Output},
    {"cookie-jar", 'c', value, Output},
    {"dump-header", 'D', value, Output},
    {"etag-save", 0, value, Output},
    {"hsts", 0, value, Output},
    {"libcurl", 0, value, Output},
    {"output", 'o', value, Output},
    {"output-dir", 0, value, Output},
    {"remote-header-name", 'J', flag, Output},
    {"remote-name", 'O', flag, Output},
    {"remote-name-all", 0, flag, Output},
    {"stderr", 0, value, Output},
    {"trace", 0, value, Output},
    {"trace-ascii", 0, value, Output},
    {"trace-config", 0, value, Output},

    {"basic", 0, flag, Ignored},
    {"buffer", 0, flag, Ignored},
    {"cert-status", 0, flag, Ignored},
    {"cert-type", 0, value, Ignored},
    {"ciphers", 0, value, Ignored},
    {"clobber", 0, flag, Ignored},
    {"create-dirs", 0, flag, Ignored},
    {"create-file-mode", 0, value, Ignored},
    {"crlf", 0, flag, Ignored},
    {"curves", 0, value, Ignored},
    {"disable", 'q', flag, Ignored},
    {"disallow-username-in-url", 0, flag, Ignored},
    {"dns-interface", 0, value, Ignored},
    {"expect100-timeout", 0, value, Ignored},
    {"fail", 'f', flag, Ignored},
    {"fail-early", 0, flag, Ignored},
    {"fail-with-body", 0, flag, Ignored},
    {"false-start", 0, flag, Ignored},
    {"globoff", 'g', flag, Ignored},
    {"happy-eyeballs-timeout-ms", 0, value, Ignored},
    {"http0.9", 0, flag, Ignored},
    {"include", 'i', flag, Ignored},
    {"ipv4", '4', flag, Ignored},
    {"ipv6", '6', flag, Ignored},
    {"junk-session-cookies", 'j', flag, Ignored},
    {"keepalive-time", 0, value, Ignored},
    {"key-type", 0, value, Ignored},
    {"limit-rate", 0, value, Ignored},
    {"location", 'L', flag, Ignored},
    {"max-filesize", 0, value, Ignored},
    {"max-redirs", 0, value, Ignored},
    {"max-time", 'm', value, Ignored},
    {"no-buffer", 'N', flag, Ignored},
    {"no-keepalive", 0, flag, Ignored},
    {"no-progress-meter", 0, flag, Ignored},
    {"no-sessionid", 0, flag, Ignored},
    {"noproxy", 0, value, Ignored},
    {"parallel", 'Z', flag, Ignored},
    {"parallel-immediate", 0, flag, Ignored},
    {"parallel-max", 0, value, Ignored},
    {"post301", 0, flag, Ignored},
    {"post302", 0, flag, Ignored},
    {"post303", 0, flag, Ignored},
    {"progress-bar", '#', flag, Ignored},
    {"progress-meter", 0, flag, Ignored},
    {"proto", 0, value, Ignored},
    {"proto-redir", 0, value, Ignored},
    {"proxy-basic", 0, flag, Ignored},
    {"proxytunnel", 'p', flag, Ignored},
    {"raw", 0, flag, Ignored},
    {"remote-time", 'R', flag, Ignored},
    {"remove-on-error", 0, flag, Ignored},
    {"retry", 0, value, Ignored},
    {"retry-all-errors", 0, flag, Ignored},
    {"retry-connrefused", 0, flag, Ignored},
    {"retry-delay", 0, value, Ignored},
    {"retry-max-time", 0, value, Ignored},
    {"show-error", 'S', flag, Ignored},
    {"silent", 's', flag, Ignored},
    {"speed-limit", 'Y', value, Ignored},
    {"speed-time", 'y', value, Ignored},
    {"ssl-reqd", 0, flag, Ignored},
    {"styled-output", 0, flag, Ignored},
    {"suppress-connect-headers", 0, flag, Ignored},
    {"tcp-fastopen", 0, flag, Ignored},
    {"tcp-nodelay", 0, flag, Ignored},
    {"tls13-ciphers", 0, value, Ignored},
    {"tlsv1", '1', flag, Ignored},
    {"trace-ids", 0, flag, Ignored},
    {"trace-time", 0, flag, Ignored},
    {"verbose", 'v', flag, Ignored},
    {"write-out", 'w', value, Ignored},
    {"xattr", 0, flag, Ignored},

    {"anyauth", 0, flag, Otherwise, "Basic is sent without being asked for"},
    {"doh-url", 0, value, Otherwise, "the system's resolver is asked"},
    {"dns-servers", 0, value, Otherwise, "the system's resolver is asked"},
    {"interface", 0, value, Otherwise, "the system chooses the way out"},
    {"local-port", 0, value, Otherwise, "the system chooses the port"},
    {"location-trusted", 0, flag, Otherwise, "credentials do not follow to another origin"},
    {"tlsv1.0", 0, flag, Otherwise, "TLS is 1.2 at least"},
    {"tlsv1.1", 0, flag, Otherwise, "TLS is 1.2 at least"},
    {"tr-encoding", 0, flag, Otherwise, "no transfer coding is asked for"},

    {"abstract-unix-socket", 0, value, Refused, OnlyTcp},
    {"aws-sigv4", 0, value, Refused, OnlyAuthorizations},
    {"capath", 0, value, Refused, "Pushscope reads no folder of authorities: --cacert names a file"},
    {"config", 'K', value, Refused, "Pushscope reads no configuration of curl's"},
    {"connect-to", 0, value, Refused, "Pushscope has no other host in its place: --resolve gives the address"},
    {"continue-at", 'C', value, Refused, "Pushscope continues no download: -r asks for a range"},
    {"crlfile", 0, value, Refused, "Pushscope reads no list of revoked certificates"},
    {"digest", 0, flag, Refused, OnlyAuthorizations},
    {"etag-compare", 0, value, Refused, "Pushscope reads no file of it: -H 'If-None-Match: TAG' asks the same"},
    {"haproxy-protocol", 0, flag, Refused, "Pushscope sends no PROXY line"},
    {"http1.0", '0', flag, Refused, OnlyVersions},
    {"http3", 0, flag, Refused, OnlyVersions},
    {"http3-only", 0, flag, Refused, OnlyVersions},
    {"negotiate", 0, flag, Refused, OnlyAuthorizations},
    {"netrc", 'n', flag, Refused, NoNetrc},
    {"netrc-file", 0, value, Refused, NoNetrc},
    {"netrc-optional", 0, flag, Refused, NoNetrc},
    {"next", ':', flag, Refused, "Pushscope takes one request"},
    {"ntlm", 0, flag, Refused, OnlyAuthorizations},
    {"pinnedpubkey", 0, value, Refused, "Pushscope pins no key: --cacert says whom to trust"},
    {"preproxy", 0, value, Refused, "Pushscope goes through one proxy"},
    {"proxy-header", 0, value, Refused, "Pushscope sends a proxy no fields of its own"},
    {"socks4", 0, value, Refused, OnlyProxies},
    {"socks4a", 0, value, Refused, OnlyProxies},
    {"time-cond", 'z', value, Refused, "Pushscope reads no dates: -H 'If-Modified-Since: DATE' asks the same"},
    {"tls-max", 0, value, Refused, "Pushscope sets no upper limit to TLS"},
    {"unix-socket", 0, value, Refused, OnlyTcp},
    {"variable", 0, value, Refused, "Pushscope has no variables of curl's"},
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
