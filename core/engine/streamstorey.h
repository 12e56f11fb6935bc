#pragma once

#include "core/engine/eventcount.h"
#include "core/engine/recorder.h"

#include <cstdint>

namespace pushscope {

/// The storey of a streamed body that is no event stream: a record for each line, or for each piece as it arrived.
class StreamStorey
{
public:
    enum class By : std::uint8_t { Line, Piece };
    /// `count` grows with each record; once its limit is reached the rest is left. Of a line longer than `lineLimit`
    /// only the beginning is recorded, with a Finding.
    StreamStorey(Recorder &recorder, Trail &body, By by, EventCount &count, std::uint64_t lineLimit);

    /// Body bytes that the trail has already.
    void feed(ByteView bytes);
    /// The body ended; a last line without its ending is recorded, flagged Cut if the end cut it.
    void finish(bool cut);
    [[nodiscard]] std::uint64_t pendingBytes() const { return m_end - m_begin; }

private:
    void feedLines(ByteView bytes, std::uint64_t start);
    Seq record(std::uint64_t end, std::uint16_t flags);
    void cutLine();

    Recorder &m_recorder;
    Trail &m_body;
    By m_by;
    EventCount &m_count;
    std::uint64_t m_lineLimit;
    bool m_skipping = false;   ///< the rest of a line that was cut
    std::uint64_t m_begin = 0; ///< of the line that has begun
    std::uint64_t m_end = 0;
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
