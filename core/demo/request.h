#pragma once

#include "core/base/bytes.h"
#include "core/demo/parameters.h"
#include "core/wire/http/httphead.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pushscope::demo {

/// A request that the guard let through, whole.
struct Request
{
    std::shared_ptr<const HttpHead> head;
    std::string authority;        ///< Host, or what stands for it
    std::string protocol;         ///< of an extended CONNECT, lower case (RFC 8441 section 4)
    std::string path;             ///< as sent, percent-encoded, without query
    std::string rawQuery;         ///< as sent, without "?"
    std::vector<QueryItem> query; ///< decoded
    Bytes body;
    std::string corsOrigin; ///< "" when the answer needs no CORS fields
    bool isSecure = false;
    bool isPersistent = true; ///< the client means to send another one on the connection (RFC 9112 section 9.3)

    /// Whether an answer can be chunked: HTTP/1.0 knows no chunks (RFC 9112 section 6.1), HTTP/2 has frames (RFC 9113
    /// section 8.2.2).
    [[nodiscard]] bool takesChunks() const { return head->version == HttpVersion::Http11; }
};

/// The parts of a request that follow from its head.
[[nodiscard]] Request makeRequest(std::shared_ptr<const HttpHead> head);
/// Last-Event-ID as one of this server's ids; nullopt when there is none or it is no number (WHATWG HTML 9.2.4).
[[nodiscard]] std::optional<std::uint64_t> lastEventId(const HttpHead &head);

} // namespace pushscope::demo
