#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/engine/request.h"
#include "core/wire/http/httphead.h"

#include <cstdint>

namespace pushscope {

/// Redirects in a row that are followed (Fetch 4.4, step 4).
inline constexpr std::uint32_t RedirectLimit = 20;

/// 301, 302, 303, 307, 308 (Fetch 2.2.3); the other 3xx are answers like any other.
[[nodiscard]] bool isRedirect(int status);

struct RedirectStep
{
    RequestShape next;
    bool credentialsDropped = false; ///< to another origin: Authorization, Cookie and API keys stayed behind
    bool secretForwarded = false;    ///< to another origin: a field goes along whose name tells of a secret
};

/// The request that follows an answer with a redirect status, by the rules of Fetch 4.4 (HTTP-redirect fetch).
/// Error HttpRedirect: no Location, an empty one, or one that is no http(s) URL.
[[nodiscard]] Expected<RedirectStep, Error> followRedirect(const RequestShape &request, const HttpHead &answer);

} // namespace pushscope
