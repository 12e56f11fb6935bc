#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/wire/role.h"
#include "core/wire/ws/wsframe.h"

#include <array>
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
    WsFrameHeader header;            ///< of the frame, in every kind; Truncated inside a header: as much as is known
    ByteRange range;                 ///< Frame: header and the payload part; Payload: the part
    std::uint64_t payloadOffset = 0; ///< where `payload` begins in the frame's payload
    ByteView payload;                ///< raw as on the wire (still masked), inside the fed input
    bool complete = false;           ///< the payload's last byte is in this fact
};

/// Cuts a WebSocket byte stream into frames, lenient and total: whatever a peer sends is frames with Findings; two
/// bytes always are a header (RFC 6455 section 5.2). No clock, no I/O; one thread; copies nothing but a header that was
/// cut.
class WsFrameDecoder
{
public:
    /// `sender` is the role of who sent these bytes: a client masks, a server does not (5.1).
    explicit WsFrameDecoder(Role sender, std::uint32_t frameLimit = 256u * 1024 * 1024);

    /// Hands in the next bytes; they must stay valid until next() has returned false.
    void feed(ByteView input);
    /// The stream ended. Inside a frame or header next() hands out Truncated with Finding WsTruncatedFrame; its
    /// argument is how many bytes are missing, at least.
    void finish();
    /// The next fact, false when the input is used up. A length that is forbidden or above the limit is a Finding and
    /// holds all the same.
    bool next(WsFrameFact &fact);

    /// Remarkable things about the fact that next() handed out last: header rules only (reserved bits and opcodes,
    /// masking, length form, control frames), each with the range of the header bytes that show it; message rules are
    /// WsAssembler's.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    /// RSV bits that a negotiated extension gave a meaning (permessage-deflate: 4); they are no Finding then.
    void setAllowedReservedBits(std::uint8_t bits);
    /// Bytes received of a frame that is not complete yet, header and payload; 0 between frames.
    [[nodiscard]] std::uint64_t pendingBytes() const;

private:
    [[nodiscard]] std::uint64_t offset() const { return m_fed - static_cast<std::uint64_t>(m_end - m_at); }
    bool nextUnusual(WsFrameFact &fact);
    bool readHeader();
    void inspectHeader();
    void handOut(WsFrameFact &fact);
    bool handOutTruncated(WsFrameFact &fact);
    void addFinding(Rule rule, unsigned begin, unsigned end, std::int64_t argument = 0);

    const char *m_at = nullptr; ///< what of the fed input is not handed out yet
    const char *m_end = nullptr;
    std::uint64_t m_fed = 0;         ///< the stream's offset of m_end
    std::uint64_t m_payloadLeft = 0; ///< bytes that the frame handed out last still lacks; 0 in or before a header
    std::uint8_t m_cutSize = 0;
    bool m_finished = false;
    std::uint32_t m_frameLimit;
    std::uint8_t m_refusedBits = 0x70; ///< reserved bits, as in a header's first byte
    std::uint8_t m_expectedMaskBit;    ///< as in a header's second byte
    std::uint8_t m_shortHeader;        ///< the length of a header with the short form and the expected mask
    std::uint8_t m_shortLimit;         ///< the longest payload that the short form can say and the limit allows
    WsFrameHeader m_header;            ///< of the frame handed out last, or being read
    std::uint64_t m_frameBegin = 0;
    std::array<char, 14> m_cut{}; ///< its first m_cutSize bytes are the header's that was cut
    std::vector<Finding> m_findings;
};

} // namespace pushscope
