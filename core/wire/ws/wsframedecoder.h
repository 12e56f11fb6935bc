#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/wire/role.h"
#include "core/wire/ws/wsframe.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pushscope {

/// A frame whose header is complete, or more payload of it. Ranges count from the decoder's first input byte.
struct WsFrameFact
{
    enum class Kind : std::uint8_t {
        Frame,    ///< a new frame: its header is complete; `payload` is what of it is here already
        Payload,  ///< more payload of the frame handed out last
        Truncated ///< the input ended inside a frame or header; the range is what there was of it
    };
    Kind kind = Kind::Frame;
    WsFrameHeader header;               ///< of the frame, in every kind
    ByteRange range;                    ///< Frame: header and the payload part; Payload: the part
    std::uint64_t payloadOffset = 0;    ///< where `payload` begins in the frame's payload
    ByteView payload;                   ///< raw as on the wire (still masked), inside the fed input
    bool complete = false;              ///< the payload's last byte is in this fact
};

/// Cuts a WebSocket byte stream into frames, lenient and total: whatever a peer sends is frames with Findings; two bytes always are a
/// header (RFC 6455 section 5.2). No clock, no I/O; one thread; copies nothing but a header that was cut.
class WsFrameDecoder
{
public:
    /// `sender` is the role of who sent these bytes: a client masks, a server does not (5.1).
    explicit WsFrameDecoder(Role sender, std::uint32_t frameLimit = 256u * 1024 * 1024);

    /// Hands in the next bytes; they must stay valid until next() has returned false.
    void feed(ByteView input);
    void finish();
    bool next(WsFrameFact &fact);

    /// Remarkable things about the frame that next() handed out last: header rules only (reserved bits and opcodes, masking, length
    /// form, control frames); message rules are WsAssembler's.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    /// RSV bits that a negotiated extension gave a meaning (permessage-deflate: 4); they are no Finding then.
    void setAllowedReservedBits(std::uint8_t bits);
    [[nodiscard]] std::uint64_t pendingBytes() const;

private:
    std::vector<Finding> m_findings;
};

} // namespace pushscope
