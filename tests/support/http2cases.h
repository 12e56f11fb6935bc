#pragma once

#include "core/wire/http/http2frame.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pushscope::test {

/// One rule of RFC 9113 or RFC 7541 and what shows whether an endpoint keeps it. For any way of carrying the bytes.
struct Http2Case
{
    enum class Outcome : std::uint8_t {
        ConnectionError, ///< GOAWAY with one of `codes`, then the end
        StreamError,     ///< RST_STREAM on `stream` with one of `codes`, or the connection error of that code
        Answered,        ///< server: a whole answer on `stream`, and the connection goes on
        PingAnswered,    ///< a PING behind the steps is acknowledged: nothing was wrong
        SettingsAck,     ///< the steps' SETTINGS are acknowledged
        DataSizes,       ///< server: the DATA frames on `stream` have these sizes
        Leaves,          ///< as PingAnswered, or the connection ends without an error
        Over             ///< the connection ends, with GOAWAY or without
    };

    std::string section; ///< "9113 6.5.2", "7541 5.2"
    std::string name;
    std::vector<Bytes> steps; ///< each is sent when all that the last one brought about has come
    Outcome outcome = Outcome::PingAnswered;
    std::vector<Http2ErrorCode> codes{};
    std::uint32_t stream = 1;
    std::vector<std::size_t> sizes{}; ///< DataSizes
    bool hasHandshake = true;         ///< else the first step begins with the connection's first byte
};

/// What a client may do to a server. The server answers any request with some content and END_STREAM when the request
/// is whole (HEAD without content), and allows `mostStreams` at once.
[[nodiscard]] std::vector<Http2Case> http2ServerCases(std::uint32_t mostStreams);
/// What a server may do to a client that has sent a GET on stream 1 and no ENABLE_PUSH.
[[nodiscard]] std::vector<Http2Case> http2ClientCases();

} // namespace pushscope::test
