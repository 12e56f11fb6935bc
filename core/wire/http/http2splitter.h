#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/wire/http/hpack.h"
#include "core/wire/http/http2frame.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace pushscope {

/// What a stretch of one direction of an HTTP/2 connection is. Ranges count from that direction's first byte.
struct Http2Fact
{
    enum class Kind : std::uint8_t {
        Preface, ///< the client connection preface, whole
        Begin,   ///< a frame's header is here; the range is the whole frame's and may reach beyond what has arrived
        Data,    ///< the next bytes of a DATA frame's data, without padding, or of a payload that is not interpreted:
                 ///< an unknown frame's, or one's that is larger than allowed
        End,     ///< the frame is all here (or, after finish(), as much as there will ever be); its range
        Junk     ///< bytes that are no HTTP/2: another protocol's where the preface should be, or less than a header
    };
    Kind kind = Kind::Junk;
    Http2FrameHeader frame;                  ///< Begin, Data, End
    ByteRange range;                         ///< Begin and End: header and payload
    ByteView bytes;                          ///< Data: inside the fed input; Junk
    ByteView payload;                        ///< End of a frame without Data: whole, as far as it came; until next()
    std::shared_ptr<const HpackBlock> block; ///< End of the frame that ends a field block
    std::uint32_t blockStream = 0;           ///< the stream (for PUSH_PROMISE the promised one) that the block is for
};

/// One direction of an HTTP/2 connection taken apart (RFC 9113 section 4), whatever an endpoint would say of it: every
/// byte ends up in exactly one frame, the preface or junk, with Findings where the sender broke a rule that one
/// direction alone shows. Total; no I/O, no clock; one thread.
class Http2Splitter
{
public:
    enum class Sender : std::uint8_t { Client, Server }; ///< a client's bytes begin with the preface

    explicit Http2Splitter(Sender sender, std::uint64_t headLimit = 256 * 1024);
    ~Http2Splitter();
    Http2Splitter(const Http2Splitter &) = delete;
    Http2Splitter &operator=(const Http2Splitter &) = delete;

    /// The receiver's SETTINGS that bind this sender: how large frames may be and the dynamic table. They do from the
    /// sender's acknowledgement on: call it between the End of that frame and the next fact.
    void allowFrameSize(std::uint32_t bytes);
    void allowTableSize(std::uint32_t bytes);

    /// Hands in the next bytes; they must stay valid until next() has returned false.
    void feed(ByteView input);
    /// The direction ended; next() may have something left to say.
    void finish();
    [[nodiscard]] bool next(Http2Fact &fact);
    /// About the fact that next() gave last; ranges as its ranges.
    [[nodiscard]] std::span<const Finding> findings() const;

    /// Bytes of a preface or frame that is not whole yet.
    [[nodiscard]] std::uint64_t pendingBytes() const;
    /// A server that answers in HTTP/1.x: all of it is Junk.
    [[nodiscard]] bool looksLikeHttp1() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pushscope
