#include "core/demo/requestguard.h"

#include <algorithm>

namespace pushscope::demo {

namespace {

/// What may stand as the port of an authority: the port, or nothing where it is the scheme's default (RFC 9110
/// section 4.2.3).
bool isPort(std::string_view text, std::uint16_t port, bool isSecure)
{
    if (text.empty())
        return port == (isSecure ? 443 : 80);
    return text == ":" + std::to_string(port);
}

/// The authority of an absolute-form target (RFC 9112 section 3.2.2), which then counts instead of Host.
std::optional<std::string_view> targetAuthority(std::string_view target)
{
    const std::size_t scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = target.substr(scheme + 3);
    return rest.substr(0, rest.find_first_of("/?#"));
}

} // namespace

RequestGuard::RequestGuard(Names names) : m_names(std::move(names)) {}

std::optional<GuardRefusal> RequestGuard::check(const HttpHead &request, bool isSecure,
                                                std::string_view localAddress) const
{
    // RFC 9112 section 3.2: no Host, or more than one, is answered 400; RFC 9113 section 8.3.1: `:authority` stands for
    // it, and where both are there both must be right.
    const auto host = request.headers.value("Host");
    const auto authority = request.headers.value(":authority");
    if (!host && !authority && request.version != HttpVersion::Http10)
        return GuardRefusal{400, "a request needs a Host field"};
    const auto isHost = [](const HeaderField &field) { return equalsIgnoreCase(field.name, "Host"); };
    if (std::count_if(request.headers.begin(), request.headers.end(), isHost) > 1)
        return GuardRefusal{400, "a request has one Host field"};
    for (const auto &name : {host, authority, targetAuthority(request.target)}) {
        if (name && !isOwnAuthority(*name, isSecure, localAddress))
            return GuardRefusal{
                421, "this server is not the one that Host names; it answers to localhost and its own address"};
    }

    const auto origin = request.headers.value("Origin");
    if (origin && !isOwnOrigin(*origin, localAddress) && !isAllowedOrigin(*origin))
        return GuardRefusal{403, "this Origin is not allowed; start the server with --allow-origin to allow it"};
    const auto site = request.headers.value("Sec-Fetch-Site");
    if (site && equalsIgnoreCase(*site, "cross-site") && !(origin && isAllowedOrigin(*origin)))
        return GuardRefusal{403, "requests from pages of other sites are not answered"};
    return std::nullopt;
}

std::string RequestGuard::corsOrigin(const HttpHead &request) const
{
    const auto origin = request.headers.value("Origin");
    if (origin && (isAllowedOrigin(*origin) || isOwnOrigin(*origin, {})))
        return std::string(*origin);
    return {};
}

bool RequestGuard::isOwnAuthority(std::string_view authority, bool isSecure, std::string_view localAddress) const
{
    const auto matches = [&](std::string_view name) {
        return !name.empty() && authority.size() >= name.size() &&
               equalsIgnoreCase(authority.substr(0, name.size()), name) &&
               isPort(authority.substr(name.size()), isSecure ? m_names.tlsPort : m_names.port, isSecure);
    };
    return matches(localAddress) || std::any_of(m_names.hosts.begin(), m_names.hosts.end(), matches);
}

bool RequestGuard::isOwnOrigin(std::string_view origin, std::string_view localAddress) const
{
    for (const bool isSecure : {false, true}) {
        const std::string_view scheme = isSecure ? "https://" : "http://";
        if (origin.starts_with(scheme))
            return isOwnAuthority(origin.substr(scheme.size()), isSecure, localAddress);
    }
    return false;
}

bool RequestGuard::isAllowedOrigin(std::string_view origin) const
{
    const auto isSame = [&](const std::string &allowed) { return equalsIgnoreCase(allowed, origin); };
    return !equalsIgnoreCase(origin, "null") &&
           std::any_of(m_names.allowedOrigins.begin(), m_names.allowedOrigins.end(), isSame);
}

} // namespace pushscope::demo
