#pragma once

#include "core/engine/eventcount.h"
#include "core/engine/recorder.h"
#include "core/wire/stream/streamsplitter.h"

#include <cstdint>
#include <span>

namespace pushscope {

/// The storey of a streamed body that is no event stream: a record for each unit that a splitter finds in it.
class StreamStorey
{
public:
    /// `count` grows with each record; once its limit is reached the rest is left.
    StreamStorey(Recorder &recorder, Trail &body, StreamSplitter splitter, EventCount &count);

    /// Body bytes that the trail has already.
    void feed(ByteView bytes);
    /// What was fed last ends a unit of its sender's.
    void endPiece();
    /// The body ended; what was unfinished is recorded, flagged Cut if the end cut it.
    void finish(bool cut);
    [[nodiscard]] std::uint64_t pendingBytes() const;
    /// Whether a clean end now would leave nothing unfinished.
    [[nodiscard]] bool mayEndHere() const;
    [[nodiscard]] bool isLimitReached() const { return m_count.isLimitReached(); }

private:
    void drain();
    void record(const StreamUnit &unit, std::span<const Finding> findings);

    Recorder &m_recorder;
    Trail &m_body;
    StreamSplitter m_splitter;
    EventCount &m_count;
};

/// The storey of a body that is no stream (an error page, a request's content): one record when it is complete, cut at
/// a limit.
class BodyStorey
{
public:
    BodyStorey(Recorder &recorder, Trail &body, Direction direction, std::uint64_t limit);

    void feed(ByteView bytes) { m_size += bytes.size(); }
    [[nodiscard]] bool isLimitReached() const { return m_size >= m_limit; }
    /// Appends the record, unless there was no content at all.
    void finish();

private:
    Recorder &m_recorder;
    Trail &m_body;
    Direction m_direction;
    std::uint64_t m_limit;
    std::uint64_t m_size = 0;
};

} // namespace pushscope
