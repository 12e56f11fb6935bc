#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/wire/http/http2frame.h"
#include "core/wire/http/httphead.h"

#include <cstdint>
#include <memory>
#include <string>

namespace pushscope {

/// What a stretch of a connection's plaintext is, in one direction. Over HTTP/1.1 every
/// byte stands in exactly one fact's range, over HTTP/2 (where Http2Splitter gives each byte its place) those of a
/// message's content do; ranges count from the connection's first byte in that direction.
struct HttpFact
{
    enum class Kind : std::uint8_t {
        Head,     ///< a request's or final answer's head; interim answers too (HttpHead::isInterim)
        Chunk,    ///< chunk-size line (RFC 9112 section 7.1); the last chunk has length 0
        Body,     ///< content bytes; after 101 or a 2xx to CONNECT the tunnel's bytes
        ChunkEnd, ///< the CRLF behind a chunk's data
        Trailers, ///< trailer section with its blank line; an empty one too
        End,      ///< the message is complete; empty range
        Junk,     ///< bytes that are no HTTP, or stand where none may: after a Failure, after the message
        // HTTP/2 only; empty ranges
        Promise,  ///< PUSH_PROMISE on `stream`: `other` is reserved, `head` is the promised request
        Reset,    ///< the stream is over before its End: `errorCode`, `byPeer`
        Settings, ///< the peer's settings came or changed
        PingAck,  ///< `opaque` is the PING's that the peer acknowledged
        Goaway    ///< the peer takes no more streams (RFC 9113 section 6.8): `other` is the last one it took
    };
    Kind kind = Kind::Junk;
    StreamId stream;
    ByteRange range;
    ByteView body;                        ///< Body, Junk: inside the fed input
    std::uint64_t length = 0;             ///< Chunk: the announced size
    ByteRange extension;                  ///< Chunk: chunk extensions without the leading ";", may be empty
    std::shared_ptr<const HttpHead> head; ///< Head, Trailers, Promise
    StreamId other;                       ///< Promise, Goaway
    Http2ErrorCode errorCode = Http2ErrorCode::NoError; ///< Reset, Goaway
    bool byPeer = false;      ///< Reset: by RST_STREAM; else we reset it, for what the peer did wrong: `detail`
    std::uint64_t opaque = 0; ///< PingAck
    std::string detail;       ///< Reset by us, Goaway (its debug data): may quote the peer
};

/// How a message's end is known (RFC 9112 section 6.3).
enum class BodyFraming : std::uint8_t { None, ContentLength, Chunked, UntilClose, Tunnel };

} // namespace pushscope
