#pragma once

#include "core/wire/http/httphead.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope::demo {

/// Why a request is turned away before anything looks at its path.
struct GuardRefusal
{
    int status = 0;
    std::string detail; ///< one English sentence
};

/// Keeps web pages from elsewhere from driving the server: DNS rebinding fails at Host, cross-site requests fail at
/// Origin and Sec-Fetch-Site. Says nothing about paths.
class RequestGuard
{
public:
    struct Names
    {
        std::vector<std::string>
            hosts;              ///< own names and addresses, IPv6 in brackets: "localhost", "127.0.0.1", "[::1]"
        std::uint16_t port = 0; ///< cleartext
        std::uint16_t tlsPort = 0;
        std::vector<std::string> allowedOrigins;
    };
    explicit RequestGuard(Names names);

    /// `localAddress` is where the connection came in, in brackets when IPv6: always an own name.
    [[nodiscard]] std::optional<GuardRefusal> check(const HttpHead &request, bool isSecure,
                                                    std::string_view localAddress) const;
    /// The request's Origin when it is one that CORS headers are for: allowed, or our own on the other port. ""
    /// otherwise.
    [[nodiscard]] std::string corsOrigin(const HttpHead &request) const;

private:
    [[nodiscard]] bool isOwnAuthority(std::string_view authority, bool isSecure, std::string_view localAddress) const;
    [[nodiscard]] bool isOwnOrigin(std::string_view origin, std::string_view localAddress) const;
    [[nodiscard]] bool isAllowedOrigin(std::string_view origin) const;

    Names m_names;
};

} // namespace pushscope::demo
