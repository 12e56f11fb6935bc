#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/base/utf8.h"
#include "core/wire/ws/wsframedecoder.h"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace pushscope {

/// A whole message or control frame (RFC 6455 sections 5.4 and 5.5).
struct WsMessage
{
    enum class Kind : std::uint8_t { Text, Binary, Ping, Pong, Close };
    Kind kind = Kind::Text;
    bool compressed = false;      ///< RSV1 was set on its first frame and an extension allows it
    std::uint32_t frames = 1;     ///< how many carried it
    std::uint64_t firstFrame = 0; ///< count of the frame that began it, from 0
    std::uint64_t lastFrame = 0;
    std::uint64_t payloadBytes = 0; ///< of all its frames, on the wire
    Bytes payload;                  ///< unmasked; Ping, Pong, Close always; Text and Binary only if payloads are kept
    std::uint16_t closeCode = 0;    ///< Close: 0 when the payload is empty or one byte (1005, RFC 6455 section 7.1.5)
    bool abandoned = false;         ///< a message that the stream's end or a violation left unfinished
};

/// Puts fragments together and applies the rules that hold between frames: sequence, UTF-8 as early as possible, close
/// payloads, nothing after close (RFC 6455 sections 5.4, 5.5.1, 8.1). Never stops: a violation is a Finding and the
/// frame is taken as it is:
/// - a data frame inside a fragmented message begins a message of its own and abandons the unfinished one;
/// - a continuation that continues nothing begins a Binary message: what it would be text of is not known;
/// - a fragmented control frame is a control frame; a frame with a reserved opcode carries no message.
class WsAssembler
{
public:
    struct Options
    {
        bool keepPayloads = false;
        std::uint32_t messageLimit = 256u * 1024 * 1024; ///< payload bytes kept of a message; more is a Finding
        std::uint8_t allowedReservedBits = 0;
    };
    explicit WsAssembler(Options options);
    WsAssembler() : WsAssembler(Options{}) {}

    /// Takes one fact of the frame decoder; returns the message that it completed.
    std::optional<WsMessage> take(const WsFrameFact &fact);
    /// The message that the fact taken last abandoned, once; it came before what take() returned.
    std::optional<WsMessage> takeAbandoned() { return std::exchange(m_abandoned, std::nullopt); }
    /// The stream ended: what is unfinished comes out, `abandoned`: a control frame and a message at the most. Call it
    /// until it returns nothing.
    std::optional<WsMessage> finish();

    /// About the fact taken last; ranges are in the frame decoder's input. Valid until the next call.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }
    /// A message has begun and its last byte has not come.
    [[nodiscard]] bool isInsideMessage() const { return m_data.open || m_control.open; }
    [[nodiscard]] bool sawClose() const { return m_sawClose; }

private:
    /// A message on its way.
    struct Assembly
    {
        WsMessage message;
        Utf8Validator utf8;
        std::uint64_t begin = 0;   ///< where its first frame begins
        std::uint64_t checked = 0; ///< bytes that the validator has seen
        bool open = false;
        bool fragmented = false;
        bool checksUtf8 = false; ///< it is text, and what came so far is UTF-8
        bool tooLarge = false;
    };
    /// What the present frame belongs to.
    enum class Place : std::uint8_t { Nowhere, Data, Control };

    [[nodiscard]] bool isOrdinary(const WsFrameFact &fact) const;
    std::optional<WsMessage> wholeMessage(const WsFrameFact &fact);
    void beginFrame(const WsFrameFact &fact);
    void beginMessage(Assembly &assembly, WsMessage::Kind kind, const WsFrameFact &fact);
    void beginDataFrame(const WsFrameFact &fact);
    void addPayload(Assembly &assembly, const WsFrameFact &fact);
    void addPlain(Assembly &assembly, ByteView plain, std::uint64_t position);
    void checkTextEnd(const Assembly &assembly, const WsFrameFact &fact);
    void readClose(WsMessage &message, const WsFrameFact &fact);
    void addFinding(Rule rule, std::uint64_t begin, std::uint64_t length, std::int64_t argument = 0);
    [[nodiscard]] bool keeps(const Assembly &assembly) const;

    Options m_options;
    Assembly m_data;
    Assembly m_control;
    Place m_place = Place::Nowhere;
    bool m_sawClose = false;
    std::uint64_t m_frameCount = 0;
    std::uint64_t m_end = 0; ///< how far the facts went
    std::optional<WsMessage> m_abandoned;
    std::vector<Finding> m_findings;
};

} // namespace pushscope
