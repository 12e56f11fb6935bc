#pragma once

#include "core/base/bytes.h"
#include "core/wire/http/http2frame.h"
#include "core/wire/http/httphead.h"

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

namespace pushscope::demo {

class Http2Stream;

/// What a script's server does that only HTTP/2 has.
namespace http2step {

/// RST_STREAM behind what was sent.
struct Reset
{
    Http2ErrorCode code;
};
/// The first of the two GOAWAYs of a graceful shutdown (RFC 9113 section 6.8): whatever comes is still taken.
struct AnnounceGoaway
{
};
/// The last stream that came is the last one taken; the connection ends with its streams.
struct Goaway
{
    Http2ErrorCode code;
    Bytes debugData;
};
/// New values of the server's SETTINGS.
struct Settings
{
    std::vector<Http2SettingValue> values;
};
struct Ping
{
    std::uint64_t opaque;
};
/// HEADERS and DATA of the whole connection are padded to multiples of so many bytes from here on; 0: they are not.
struct Pad
{
    std::size_t padTo;
};
/// PUSH_PROMISE and what it promises, or, to a client that wants none, an event that says so.
struct Promise
{
    HttpHead request;
    HttpHead answer;
    Bytes content;
    Bytes refusal; ///< the event
};
/// A frame as it is, on the script's stream or on stream 0.
struct Frame
{
    Http2FrameType type;
    std::uint8_t flags;
    Bytes payload;
    bool onConnection;
};

} // namespace http2step

using Http2Step = std::variant<http2step::Reset, http2step::AnnounceGoaway, http2step::Goaway, http2step::Settings,
                               http2step::Ping, http2step::Pad, http2step::Promise, http2step::Frame>;

/// Does it on a script's stream.
void perform(const Http2Step &step, Http2Stream &stream);

} // namespace pushscope::demo
