#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pushscope {

/// An absolute http, https, ws or wss URL taken apart for HTTP (RFC 9110 section 4.2, RFC 6455 section 3). Scheme and
/// host are normalised, the target is not: an inspector sends what was typed.
struct Url
{
    std::string scheme;     ///< lower case
    std::string host;       ///< lower case, A-labels or an address; IPv6 without brackets, "%" before its zone
    std::uint16_t port = 0; ///< the scheme's default when the URL names none
    std::string target;     ///< origin-form, at least "/": path and query as typed, only what can't stand there encoded
    std::string user;       ///< decoded userinfo, "" when absent
    std::string password;

    [[nodiscard]] bool isWebSocket() const { return scheme == "ws" || scheme == "wss"; }
    [[nodiscard]] bool isSecure() const { return scheme == "https" || scheme == "wss"; }
    /// host[:port] as in a Host field: the port is left out when it is the scheme's default; IPv6 in brackets,
    /// without its zone.
    [[nodiscard]] std::string authority() const;
    /// scheme://authority (RFC 6454), ws as http and wss as https.
    [[nodiscard]] std::string origin() const;
    /// The whole URL again, without userinfo.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Url &, const Url &) = default;
};

/// Parses what a person typed. A missing scheme is an error that says so; so are other schemes, a missing host, a bad
/// port.
[[nodiscard]] Expected<Url, Error> parseUrl(std::string_view text);

/// Resolves a Location or reference against a base (RFC 3986 section 5).
[[nodiscard]] Expected<Url, Error> resolveUrl(const Url &base, std::string_view reference);

} // namespace pushscope
