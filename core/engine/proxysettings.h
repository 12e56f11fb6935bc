#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/target.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pushscope {

/// Gives an environment variable, nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(const char *name)>;

/// The proxy for a URL: the target's own, or what the environment names as curl reads it: http_proxy (lower case only:
/// HTTP_PROXY can be set by a request's Proxy field where CGI runs), https_proxy, all_proxy, and no_proxy against them.
/// Never Kind::FromEnvironment.
[[nodiscard]] Expected<ProxyOptions, Error> proxyFor(const Url &url, const ProxyOptions &wanted,
                                                     const Environment &environment);

/// Whether a no_proxy list covers a host: "*", names with all below them, addresses and address/prefix.
[[nodiscard]] bool isExempt(std::string_view noProxy, std::string_view host);

} // namespace pushscope
