#pragma once

#include "core/base/bytes.h"
#include "core/demo/http2step.h"
#include "core/demo/parameters.h"
#include "core/demo/request.h"
#include "core/wire/http/httphead.h"
#include "core/wire/ws/wsframeencoder.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pushscope::demo {

/// What a scenario's server does next. A script is a list of these, played in order.
namespace step {

/// An answer's head; the framing follows from its fields.
struct Head
{
    HttpHead head;
};
/// Content in that framing, in one write: over chunked coding one chunk.
struct Body
{
    Bytes bytes;
};
/// Bytes as they are, in one write, around all framing: over HTTP/1.1 alone.
struct Raw
{
    Bytes bytes;
};
/// The answer's end as its framing has it.
struct End
{
    Headers trailers;
};
/// Nothing for a while.
struct Wait
{
    std::chrono::milliseconds time;
};
/// On from that step again, for ever.
struct Again
{
    std::size_t index;
};
/// FIN, whatever was unfinished; over HTTP/2 as DemoStream::finish().
struct Close
{
};
/// RST behind what was sent; over HTTP/2 RST_STREAM with CANCEL.
struct Reset
{
};
/// FIN, but the client's bytes are still read; over TLS close_notify first; over HTTP/2 END_STREAM.
struct HalfClose
{
};

/// The opening handshake, answered as RFC 6455 section 4.2.2 says.
struct Accept
{
    std::string subprotocol;
};
/// The same with a Sec-WebSocket-Accept of one's own.
struct AcceptWith
{
    std::string acceptKey;
};
struct Frame
{
    WsFrameSpec frame;
};
/// One unmasked text message of so many bytes, made as the client reads.
struct LargeText
{
    std::uint64_t size;
};
/// Until the client's next pong, or five seconds.
struct AwaitPong
{
};
/// The client's bytes are read at that rate from now on.
struct ReadSlowly
{
    std::uint64_t bytesPerSecond;
};
/// From here on the client ends it: its close frame is answered and five seconds are its patience.
struct AwaitClose
{
};

/// What only HTTP/2 has.
struct OnHttp2
{
    Http2Step step;
};
/// HTTP/2: events as fast as the client's windows let them out.
struct FillWindow
{
    std::uint64_t lastId; ///< behind which it begins
    std::uint64_t count;  ///< the id behind which it ends
    std::size_t size;
};

} // namespace step

using Step = std::variant<step::Head, step::Body, step::Raw, step::End, step::Wait, step::Again, step::Close,
                          step::Reset, step::HalfClose, step::Accept, step::AcceptWith, step::Frame, step::LargeText,
                          step::AwaitPong, step::ReadSlowly, step::AwaitClose, step::OnHttp2, step::FillWindow>;

/// A script ends with its last step: an open WebSocket then waits for the client's close, an answer stays as it is.
struct Script
{
    std::vector<Step> steps;
    bool autoPong = true;
};

/// What a script may depend on: nothing but the request, so that each run is the same.
struct ScriptRequest
{
    const Parameters &parameters;
    const Request &request;

    [[nodiscard]] bool isHttp2() const { return request.head->version == HttpVersion::Http2; }
    /// The number behind which a resuming reader goes on; 0 for a new one.
    [[nodiscard]] std::uint64_t lastId() const { return lastEventId(*request.head).value_or(0); }
};

} // namespace pushscope::demo
