#pragma once

#include "core/base/target.h"
#include "core/engine/controlledger.h"
#include "core/engine/eventcount.h"
#include "core/engine/growingrecord.h"
#include "core/engine/recorder.h"
#include "core/wire/ws/wsassembler.h"
#include "core/wire/ws/wsframedecoder.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace pushscope {

/// Something in a WebSocket's bytes that an endpoint may have to act on.
struct WsStep
{
    const WsMessage *message = nullptr; ///< that just became complete
    std::span<const Finding> findings;  ///< about the frame that came last
};

/// The storey of one direction of a WebSocket: a record for each frame as soon as its header is complete, and for each
/// message after the frame that ended it. Incoming and outgoing bytes alike: what is recorded of ours is what was
/// really written.
class WsStorey
{
public:
    struct Options
    {
        Direction direction = Direction::In;
        Limits limits;
        bool keepPayloads = false;   ///< of text and binary messages; then every message is a step
        EventCount *count = nullptr; ///< grows with each of these messages; once its limit is reached the rest is left
    };
    /// `tunnel` is the trail of the same bytes that feed() gets.
    WsStorey(Recorder &recorder, Trail &tunnel, ControlLedger &controls, const Options &options);

    /// Bytes that the trail has already.
    void feed(ByteView bytes);
    /// The bytes ended.
    void finish();
    /// Records up to the next step; false when the input is used up. A step is valid until the next call.
    bool next(WsStep &step);

    [[nodiscard]] std::uint64_t pendingBytes() const { return m_decoder.pendingBytes(); }
    [[nodiscard]] bool isInsideMessage() const { return m_assembler.isInsideMessage(); }

private:
    /// Where a message's frames lie and which records they are.
    struct Span
    {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        Seq first;
        Seq last;
    };
    [[nodiscard]] bool isLimitReached() const { return m_count != nullptr && m_count->isLimitReached(); }
    void recordFrame(const WsFrameFact &fact);
    void takeFindings();
    void followFragments(const WsFrameFact &fact, const WsMessage *message);
    void recordMessage(const WsMessage &message);
    void recordMessage(const WsMessage &message, const Span &span, std::uint16_t flags);
    void appendMessage(const WsMessage &message, Record &record, const Span &span);
    void finishMessages();

    Recorder &m_recorder;
    Trail &m_tunnel;
    ControlLedger &m_controls;
    Direction m_direction;
    bool m_keepPayloads;
    EventCount *m_count;
    WsFrameDecoder m_decoder;
    WsAssembler m_assembler;
    GrowingRecord m_growing;
    Record m_frameRecord; ///< of the frame that came last
    Span m_frame;         ///< the frame that came last
    Span m_data;          ///< the data message that is open
    std::uint16_t m_dataFlags = 0;
    bool m_finished = false;
    std::optional<WsMessage> m_message; ///< of the step handed out
    std::vector<Finding> m_findings;
    const ReleaseMarks::Hold m_frameHold;
    const ReleaseMarks::Hold m_dataHold;
};

} // namespace pushscope
