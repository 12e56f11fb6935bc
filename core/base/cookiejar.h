#pragma once

#include "core/base/url.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// A cookie that is kept (RFC 6265 section 5.3).
struct Cookie
{
    std::string name, value;
    std::string domain;
    bool hostOnly = true; ///< for that very host alone
    std::string path;
    std::optional<std::int64_t> expires; ///< seconds since 1970-01-01T00:00:00Z; none: with the session
    bool secure = false;
    bool httpOnly = false;
    std::uint64_t from = 0; ///< what set it last: whatever take() was told

    friend bool operator==(const Cookie &, const Cookie &) = default;
};

enum class CookieOutcome : std::uint8_t {
    Kept,
    Removed, ///< it had expired when it came: whatever was there is gone
    // Refused:
    Malformed,
    TooLarge,
    ForeignDomain,
    PublicSuffix,
    /// Secure, or in the way of a cookie that is, over a connection that is not (RFC 6265bis section 5.7)
    SecureInClear,
    BrokenPrefix ///< __Secure- or __Host- without what they promise
};
[[nodiscard]] constexpr bool isRefused(CookieOutcome outcome)
{
    return outcome > CookieOutcome::Removed;
}

/// The cookies of one target: what Set-Cookie fields gave and which of them go with a request (RFC 6265 sections 5.3
/// and 5.4). A connection to this machine itself counts as secure, in clear too, as in browsers. A value without a
/// clock.
class CookieJar
{
public:
    static constexpr std::size_t Most = 300;           ///< the oldest goes for another
    static constexpr std::size_t LargestCookie = 4096; ///< name and value
    using SuffixTest = std::function<bool(std::string_view domain)>;

    /// `isPublicSuffix` knows the domains under which anybody may register ("co.uk"): none by default.
    explicit CookieJar(SuffixTest isPublicSuffix = {});

    /// A Set-Cookie field of an answer from `url`, at `now` seconds since 1970.
    CookieOutcome take(const Url &url, std::string_view setCookie, std::int64_t now, std::uint64_t from = 0);
    /// Those for a request, in the order to send.
    [[nodiscard]] std::vector<Cookie> cookiesFor(const Url &url, std::int64_t now) const;
    /// All, oldest first, expired ones perhaps included.
    [[nodiscard]] const std::vector<Cookie> &all() const { return m_cookies; }

private:
    SuffixTest m_isPublicSuffix;
    std::vector<Cookie> m_cookies;
};

} // namespace pushscope
