#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/target.h"

#include <string_view>

namespace pushscope {

/// Parses `[scheme://][user:password@]host[:port]` as curl does, wherever a proxy is named: no scheme means http, no
/// port 1080, user and password are percent-decoded, a path is ignored. The schemes are http, socks5 and socks5h (the
/// same here: the proxy looks names up).
[[nodiscard]] Expected<ProxyOptions, Error> parseProxyUrl(std::string_view text);

} // namespace pushscope
