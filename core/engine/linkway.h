#pragma once

#include "core/base/target.h"
#include "core/engine/proxysettings.h"
#include "core/engine/transport.h"

#include <memory>
#include <string>

namespace pushscope {

class TlsContext;
class TlsMemory;

/// How a link reaches its origin, and what it may be used for.
struct LinkWay
{
    Route route;
    Url url;
    std::shared_ptr<const TlsContext> tls; ///< nullptr: cleartext
    std::string tlsSession;                ///< to resume
    TlsOptions tlsOptions;                 ///< `alpn` is what is offered
    HttpChoice http = HttpChoice::Auto;
    bool webSocket = false; ///< what the first exchange on it wants to be
    Sharing sharing;
    Limits limits;
};

/// The way to a URL as the target wants it: its proxy, addresses and TLS. An Error names what is wrong with those.
[[nodiscard]] Expected<LinkWay, Error> wayTo(const Url &url, const Target &target, const Environment &environment,
                                             TlsMemory &tls);

/// Whether the link may come to speak HTTP/2.
[[nodiscard]] bool mayBecomeHttp2(const LinkWay &way);
/// Whether an exchange that wants `way` may go over a link made by `other`: the same origin by the same route, with the
/// same identity (RFC 9113 section 9.1.1), as its HTTP version allows.
[[nodiscard]] bool mayShare(const LinkWay &way, const LinkWay &other);

} // namespace pushscope
