#pragma once

#include "core/engine/growingrecord.h"
#include "core/engine/pingledger.h"
#include "core/engine/plaintext.h"
#include "core/engine/recorder.h"
#include "core/wire/http/http2splitter.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace pushscope {

/// Whose a stream is, and the flags of its records; an invalid session means the connection's.
struct StreamOwner
{
    SessionId session = {};
    std::uint16_t flags = 0;
};

/// One direction of an HTTP/2 connection's plaintext as frames: a record for each, of the session whose stream it is
/// on, whatever an endpoint makes of it.
class Http2Frames
{
public:
    /// `owner` tells whose a stream is.
    Http2Frames(Recorder &recorder, Direction direction, std::uint64_t headLimit, PingLedger &pings,
                std::function<StreamOwner(StreamId)> owner);

    void feed(const Plaintext &plaintext);
    /// Everything that was fed has been taken, what an endpoint makes of it too.
    void settle();
    /// Nothing more comes.
    void finish() { m_splitter.finish(); }
    /// Records up to the next fact and hands it out; false when the input is used up.
    bool next(Http2Fact &fact);
    [[nodiscard]] Http2Splitter &splitter() { return m_splitter; }

    /// The record of the frame that came last.
    [[nodiscard]] Seq frame() const { return m_frame; }
    /// Where an offset of the direction lies in the byte log, if it is in the piece that was fed last.
    [[nodiscard]] std::uint64_t logOffset(std::uint64_t offset) const
    {
        return m_input.logOffset + (offset - m_inputBegin);
    }
    [[nodiscard]] std::uint64_t inputBegin() const { return m_inputBegin; }
    [[nodiscard]] ByteView input() const { return m_input.bytes; }
    /// The field block that was completed last.
    [[nodiscard]] const std::shared_ptr<const HpackBlock> &block() const { return m_block; }
    /// A record that stands for the frames of that block, without facts: to be completed and appended.
    [[nodiscard]] Record recordOfBlock(RecordKind kind, Recorder &recorder);
    /// The fields of that block.
    [[nodiscard]] HttpFields fieldsOfBlock() const;

private:
    void record(const Http2Fact &fact);
    void takeFindings(const Http2Fact &fact, std::span<const Finding> findings);
    void noteBlock(const Http2Fact &fact);
    void derive(const Http2Fact &fact, Record &record);

    Recorder &m_recorder;
    Direction m_direction;
    PingLedger &m_pings;
    std::function<StreamOwner(StreamId)> m_owner;
    Http2Splitter m_splitter;
    Trail m_plain;
    GrowingRecord m_growing;
    Plaintext m_input; ///< the piece fed last
    std::uint64_t m_inputBegin = 0;
    Seq m_frame;
    std::uint64_t m_frameBegin = 0;
    std::vector<Finding> m_early; ///< about a frame that has no record yet
    std::shared_ptr<const HpackBlock> m_block;
    ByteRange m_blockRange; ///< of the frames that carry it
    Seq m_blockFirst;
    Seq m_blockLast;
    bool m_insideBlock = false;
    const ReleaseMarks::Hold m_plainHold{m_recorder.writer().marks(), m_plain};
    const ReleaseMarks::Hold m_frameHold{m_recorder.writer().marks(), m_frame};
    const ReleaseMarks::Hold m_carrierHold{m_recorder.writer().marks(),
                                           m_input.carrier}; ///< what is no frame is its matter
};

} // namespace pushscope
