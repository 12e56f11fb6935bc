#pragma once

#include "tests/core/demo/demorun.h"

namespace pushscope {

/// A request with a body as it stands on the wire, with further lines, each with its CRLF.
inline Bytes mcpPost(std::uint16_t port, std::string_view target, std::string_view body, std::string_view fields = {})
{
    return "POST " + Bytes(target) + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           Bytes(fields) + "\r\n" + Bytes(body);
}
/// What stands in a text behind `before`, up to the end of its line.
inline Bytes restOfLine(const Bytes &text, std::string_view before)
{
    const std::size_t found = text.find(before);
    if (found == Bytes::npos)
        return {};
    const std::size_t begin = found + before.size();
    return text.substr(begin, text.find_first_of("\r\n", begin) - begin);
}

} // namespace pushscope
