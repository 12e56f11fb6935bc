#pragma once

#include "core/wire/http/headers.h"

#include <cstdint>
#include <string>

namespace pushscope {

enum class HttpVersion : std::uint8_t { Http10, Http11, Http2 };

/// The head of a request or an answer (RFC 9110 section 6), right or wrong as received.
struct HttpHead
{
    bool isRequest = true;
    HttpVersion version = HttpVersion::Http11;
    std::string method; ///< requests
    std::string target; ///< requests: as on the request line; `:path` on HTTP/2
    int status = 0;     ///< answers
    std::string reason; ///< answers over HTTP/1
    Headers headers;    ///< pseudo-header fields included on HTTP/2

    [[nodiscard]] bool isInterim() const { return !isRequest && status >= 100 && status < 200 && status != 101; }
    friend bool operator==(const HttpHead &, const HttpHead &) = default;
};

/// "1.0", "1.1", "2"
[[nodiscard]] std::string_view word(HttpVersion version);

} // namespace pushscope
