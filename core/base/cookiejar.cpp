#include "core/base/cookiejar.h"

#include "core/base/headerfield.h"
#include "core/base/setcookie.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

bool isAddress(std::string_view host)
{
    return host.find(':') != host.npos || host.find_first_not_of("0123456789.") == host.npos;
}

/// Names and addresses that never leave this machine (W3C Secure Contexts section 3.1, RFC 6761 section 6.3).
bool isLoopback(std::string_view host)
{
    if (isAddress(host))
        return host == "::1" || host.starts_with("127.");
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return host == "localhost" || host.ends_with(".localhost");
}

/// What a secure connection is, RFC 6265bis section 5.7 leaves to the user agent: as in browsers, TLS or a host that is
/// trusted. Whoever could listen on loopback needs no network for it.
bool isSecureConnection(const Url &url)
{
    return url.isSecure() || isLoopback(url.host);
}

/// Section 5.1.3.
bool domainMatches(std::string_view host, std::string_view domain)
{
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                              host[host.size() - domain.size() - 1] == '.' && !isAddress(host));
}

std::string_view pathOf(const Url &url)
{
    return std::string_view(url.target).substr(0, url.target.find('?'));
}

/// Section 5.1.4: up to the last "/", which is left out unless it is the first.
std::string_view defaultPath(const Url &url)
{
    const std::string_view path = pathOf(url);
    const std::size_t last = path.rfind('/');
    return last == path.npos || last == 0 ? std::string_view("/") : path.substr(0, last);
}

/// Section 5.1.4.
bool pathMatches(std::string_view path, std::string_view cookiePath)
{
    return path == cookiePath ||
           (path.starts_with(cookiePath) && (cookiePath.ends_with('/') || path[cookiePath.size()] == '/'));
}

/// RFC 6265bis section 5.7, "leave Secure Cookies Alone": nothing from the clear may stand in the way of one.
bool wouldHide(const Cookie &cookie, const Cookie &secure)
{
    return secure.secure && cookie.name == secure.name && pathMatches(cookie.path, secure.path) &&
           (domainMatches(cookie.domain, secure.domain) || domainMatches(secure.domain, cookie.domain));
}

bool isExpired(const Cookie &cookie, std::int64_t now)
{
    return cookie.expires && *cookie.expires <= now;
}

/// RFC 6265bis section 4.1.3.
bool keepsItsPrefix(const SetCookie &cookie)
{
    const auto has = [&](std::string_view prefix) {
        return equalsIgnoreCase(std::string_view(cookie.name).substr(0, prefix.size()), prefix);
    };
    if (has("__Host-"))
        return cookie.secure && cookie.domain.empty() && cookie.path == "/";
    return !has("__Secure-") || cookie.secure;
}

} // namespace

CookieJar::CookieJar(SuffixTest isPublicSuffix) : m_isPublicSuffix(std::move(isPublicSuffix)) {}

CookieOutcome CookieJar::take(const Url &url, std::string_view setCookie, std::int64_t now, std::uint64_t from)
{
    const auto parsed = parseSetCookie(setCookie);
    if (!parsed)
        return CookieOutcome::Malformed;
    if (parsed->name.size() + parsed->value.size() > LargestCookie)
        return CookieOutcome::TooLarge;
    Cookie cookie{parsed->name,    parsed->value,  url.host,         true, parsed->path,
                  parsed->expires, parsed->secure, parsed->httpOnly, from};
    if (!parsed->domain.empty() && parsed->domain != url.host) {
        if (!domainMatches(url.host, parsed->domain))
            return CookieOutcome::ForeignDomain;
        if (m_isPublicSuffix && m_isPublicSuffix(parsed->domain))
            return CookieOutcome::PublicSuffix;
    }
    if (!parsed->domain.empty() && !isAddress(url.host)) {
        cookie.domain = parsed->domain;
        cookie.hostOnly = m_isPublicSuffix && m_isPublicSuffix(parsed->domain); // section 5.3 step 5
    }
    if (cookie.path.empty())
        cookie.path = defaultPath(url);
    if (parsed->maxAge)
        cookie.expires = *parsed->maxAge > 0 ? now + *parsed->maxAge : 0;
    const bool isInClear = !isSecureConnection(url);
    if (parsed->secure && isInClear)
        return CookieOutcome::SecureInClear;
    if (!keepsItsPrefix(*parsed))
        return CookieOutcome::BrokenPrefix;

    std::erase_if(m_cookies, [now](const Cookie &other) { return isExpired(other, now); });
    if (isInClear && std::ranges::any_of(m_cookies, [&](const Cookie &other) { return wouldHide(cookie, other); }))
        return CookieOutcome::SecureInClear;
    const auto same = std::ranges::find_if(m_cookies, [&](const Cookie &other) {
        return other.name == cookie.name && other.domain == cookie.domain && other.path == cookie.path;
    });
    if (isExpired(cookie, now)) {
        if (same != m_cookies.end())
            m_cookies.erase(same);
        return CookieOutcome::Removed;
    }
    if (same != m_cookies.end()) {
        *same = std::move(cookie); // in its place: section 5.3 step 11 keeps the creation time
        return CookieOutcome::Kept;
    }
    if (m_cookies.size() == Most)
        m_cookies.erase(m_cookies.begin());
    m_cookies.push_back(std::move(cookie));
    return CookieOutcome::Kept;
}

std::vector<Cookie> CookieJar::cookiesFor(const Url &url, std::int64_t now) const
{
    std::vector<Cookie> found;
    std::ranges::copy_if(m_cookies, std::back_inserter(found), [&](const Cookie &cookie) {
        return !isExpired(cookie, now) && (!cookie.secure || isSecureConnection(url)) &&
               pathMatches(pathOf(url), cookie.path) &&
               (cookie.hostOnly ? url.host == cookie.domain : domainMatches(url.host, cookie.domain));
    });
    // Section 5.4 step 2: longer paths first, then those that were there earlier.
    std::ranges::stable_sort(found, [](const Cookie &a, const Cookie &b) { return a.path.size() > b.path.size(); });
    return found;
}

} // namespace pushscope
