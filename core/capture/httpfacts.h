#pragma once

#include "core/base/bytes.h"
#include "core/base/headerfield.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

// What the records of HTTP messages and HTTP/2 frames say beyond their bytes (see facts.h).

/// HTTP/2's fields, with pseudo-header fields, in order; empty over HTTP/1.1, where the origin has them as text.
using HttpFields = std::vector<HeaderField>;
struct RequestFacts
{
    std::uint64_t bodyBytes = 0;
    HttpFields fields = {};
};
struct ResponseFacts
{
    double ttfbMs = 0;
    HttpFields fields = {};
};
struct TrailerFacts ///< over HTTP/2 only
{
    HttpFields fields;
};
struct PushFacts
{
    std::uint32_t promisedStream = 0;
    HttpFields fields = {};
};
/// Of the HTTP/2 frame that ends a field block: what HPACK made of it, which can't be known later.
struct FieldBlockFacts
{
    struct Field
    {
        HeaderField field;
        std::uint8_t coding = 0; ///< HpackCoding
        std::uint32_t index = 0;
        ByteRange range; ///< in the block
    };
    std::vector<Field> fields;
    std::vector<std::uint32_t> sizeUpdates;
    std::uint32_t tableSize = 0;
    std::uint64_t leftOut = 0;
    std::string error;
};
/// Of the PING that acknowledges one of ours.
struct PingFacts
{
    std::optional<double> rttMs;
};

[[nodiscard]] Bytes encode(const RequestFacts &);
[[nodiscard]] Bytes encode(const ResponseFacts &);
[[nodiscard]] Bytes encode(const TrailerFacts &);
[[nodiscard]] Bytes encode(const PushFacts &);
[[nodiscard]] Bytes encode(const FieldBlockFacts &);
[[nodiscard]] Bytes encode(const PingFacts &);
void decode(ByteView cbor, RequestFacts &facts);
void decode(ByteView cbor, ResponseFacts &facts);
void decode(ByteView cbor, TrailerFacts &facts);
void decode(ByteView cbor, PushFacts &facts);
void decode(ByteView cbor, FieldBlockFacts &facts);
void decode(ByteView cbor, PingFacts &facts);

} // namespace pushscope
