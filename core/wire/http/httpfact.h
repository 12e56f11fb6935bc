#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/wire/http/httphead.h"

#include <cstdint>
#include <memory>

namespace pushscope {

/// What a stretch of a connection's plaintext is, in one direction. Every byte stands in exactly one fact's range;
/// ranges count from the connection's first byte in that direction.
struct HttpFact
{
    enum class Kind : std::uint8_t {
        Head,     ///< a request's or final answer's head; interim answers too (HttpHead::isInterim)
        Chunk,    ///< chunk-size line (RFC 9112 section 7.1); the last chunk has length 0
        Body,     ///< content bytes; after 101 or a 2xx to CONNECT the tunnel's bytes
        ChunkEnd, ///< the CRLF behind a chunk's data
        Trailers, ///< trailer section with its blank line; an empty one too
        End,      ///< the message is complete; empty range
        Junk      ///< bytes that are no HTTP, or stand where none may: after a Failure, after the message
    };
    Kind kind = Kind::Junk;
    StreamId stream;
    ByteRange range;
    ByteView body;                        ///< Body, Junk: inside the fed input
    std::uint64_t length = 0;             ///< Chunk: the announced size
    ByteRange extension;                  ///< Chunk: chunk extensions without the leading ";", may be empty
    std::shared_ptr<const HttpHead> head; ///< Head, Trailers
};

/// How a message's end is known (RFC 9112 section 6.3).
enum class BodyFraming : std::uint8_t { None, ContentLength, Chunked, UntilClose, Tunnel };

} // namespace pushscope
