#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/base/utf8.h"
#include "core/wire/ws/wsframedecoder.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace pushscope {

/// A whole message or control frame (RFC 6455 sections 5.4 and 5.5).
struct WsMessage
{
    enum class Kind : std::uint8_t { Text, Binary, Ping, Pong, Close };
    Kind kind = Kind::Text;
    bool compressed = false;           ///< RSV1 was set on its first frame and an extension allows it
    std::uint32_t frames = 1;          ///< how many carried it
    std::uint64_t firstFrame = 0;      ///< count of the frame that began it, from 0
    std::uint64_t lastFrame = 0;
    std::uint64_t payloadBytes = 0;    ///< of all its frames, on the wire
    Bytes payload;                     ///< unmasked; Ping, Pong, Close always; Text and Binary only if payloads are kept
    std::uint16_t closeCode = 0;       ///< Close: 0 when the payload is empty or one byte (1005, RFC 6455 section 7.1.5)
    bool abandoned = false;            ///< a message that the stream's end or a violation left unfinished
};

/// Puts fragments together and applies the rules that hold between frames: sequence, UTF-8 as early as possible, close payloads,
/// nothing after close. Never stops: a violation is a Finding and the frame is taken as it is.
class WsAssembler
{
public:
    struct Options
    {
        bool keepPayloads = false;
        std::uint32_t messageLimit = 256u * 1024 * 1024;
        std::uint8_t allowedReservedBits = 0;
    };
    explicit WsAssembler(Options options);
    WsAssembler() : WsAssembler(Options{}) {}

    /// Takes one fact of the frame decoder; returns the message that it completed.
    std::optional<WsMessage> take(const WsFrameFact &fact);
    /// The stream ended: an unfinished message comes out, `abandoned`.
    std::optional<WsMessage> finish();

    /// About the fact taken last; ranges are in the frame decoder's input. Valid until the next call.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    [[nodiscard]] bool isInsideMessage() const;
    [[nodiscard]] bool sawClose() const;

private:
    std::vector<Finding> m_findings;
};

} // namespace pushscope
