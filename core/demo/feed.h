#pragma once

#include "core/base/clock.h"
#include "core/demo/feedoptions.h"
#include "core/demo/replaylog.h"
#include "core/demo/tickwriter.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace pushscope::demo {

/// A feed's place of one reader; the feed keeps what it still needs as long as it exists.
struct FeedCursor
{
    std::uint64_t next = 1;
};

/// One feed: events numbered from 1, made by a clock and shared by all readers, or, without an interval, made as each
/// reader asks.
class Feed : public QObject
{
    Q_OBJECT
public:
    /// What take() could give.
    enum class Supply {
        More,     ///< the limit was reached
        Waiting,  ///< all there is; grown() tells when there is more
        Lost,     ///< the reader was too slow: its next events are gone and the cursor stands at the oldest left
        Finished, ///< the last event was given
    };

    Feed(const FeedOptions &options, const Clock &clock, QObject *parent);

    [[nodiscard]] const FeedOptions &options() const { return m_options; }
    [[nodiscard]] std::uint64_t lastId() const;
    [[nodiscard]] bool isFinished() const { return m_options.count > 0 && lastId() >= m_options.count; }
    /// A cursor where a reader with that last event ID starts; `isGap` as in ReplayLog::Start.
    [[nodiscard]] std::shared_ptr<FeedCursor> join(std::optional<std::uint64_t> lastEventId, bool &isGap);
    /// Adds events from the cursor on until `out` has `byteLimit` bytes or `eventLimit` events were given; advances
    /// both.
    Supply take(FeedCursor &cursor, EventBatch &out, std::size_t byteLimit, std::uint64_t &eventLimit);
    /// Adds an event that somebody published. Ids of later events follow on it. Only feeds with a log have those.
    void publish(std::uint64_t id, ByteView data);
    /// Nanoseconds since the last reader left; 0 while there is one.
    [[nodiscard]] std::int64_t idleTime();

Q_SIGNALS:
    void grown();

private:
    Supply takeFresh(FeedCursor &cursor, EventBatch &out, std::size_t byteLimit, std::uint64_t &eventLimit);
    [[nodiscard]] ByteView write(std::uint64_t id, TickWriter::Time time);
    void scheduleNext();
    void onDue();
    void tick();
    void trim();
    [[nodiscard]] bool isHeldBack() const;
    std::uint64_t slowestReader();

    const FeedOptions m_options;
    const Clock &m_clock;
    TickWriter m_writer;
    ReplayLog m_log;
    QTimer m_timer;
    std::mt19937_64 m_random;
    std::vector<std::weak_ptr<FeedCursor>> m_readers;
    std::int64_t m_base = 0;     ///< when the last interval began, on the clock
    std::int64_t m_due = 0;      ///< when the next events are due: an interval and its jitter later
    std::int64_t m_lastSeen = 0; ///< when there was a reader
    std::uint64_t m_freshId = 0; ///< without an interval: the highest id that a reader got
};

} // namespace pushscope::demo
