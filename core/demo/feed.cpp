#include "core/demo/feed.h"

#include "core/wire/sse/sseencoder.h"

#include <algorithm>
#include <limits>

namespace pushscope::demo {

namespace {

constexpr std::uint64_t kLogBytes = 4 * 1024 * 1024;
constexpr std::int64_t kMillisecond = 1'000'000;
/// A feed that is late by more (the machine slept, its reader held it back) goes on from now instead of catching up.
constexpr std::int64_t kPatience = 1000 * kMillisecond;

} // namespace

Feed::Feed(const FeedOptions &options, const Clock &clock, QObject *parent)
    : QObject(parent), m_options(options), m_clock(clock), m_writer(options.size, options.seed), m_log(options.window),
      m_random(options.seed), m_base(clock.now().nanoseconds), m_due(m_base), m_lastSeen(m_base)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Feed::onDue);
    if (m_options.ticks && m_options.hasClock())
        m_timer.start(0); // the first reader gets the first event at once
}

std::uint64_t Feed::lastId() const
{
    return m_options.hasClock() ? m_log.lastId() : m_freshId;
}

std::shared_ptr<FeedCursor> Feed::join(std::optional<std::uint64_t> lastEventId, bool &isGap)
{
    auto cursor = std::make_shared<FeedCursor>();
    isGap = false;
    if (m_options.hasClock()) {
        const ReplayLog::Start start = m_log.start(lastEventId);
        cursor->next = start.next;
        isGap = start.isGap;
    } else if (lastEventId) {
        // Every event can be made, but what is older than the window counts as gone here too.
        const std::uint64_t newestGone = m_freshId - std::min(m_freshId, m_options.window);
        isGap = *lastEventId < newestGone;
        cursor->next = std::max(*lastEventId, newestGone) + 1;
    }
    m_readers.push_back(cursor);
    return cursor;
}

Feed::Supply Feed::take(FeedCursor &cursor, EventBatch &out, std::size_t byteLimit, std::uint64_t &eventLimit)
{
    if (!m_options.hasClock())
        return takeFresh(cursor, out, byteLimit, eventLimit);
    if (cursor.next <= m_log.newestForgotten()) {
        cursor.next = m_log.oldest();
        return Supply::Lost;
    }
    while (const ReplayLog::Entry *entry = m_log.from(cursor.next)) {
        if (out.bytes().size() >= byteLimit || eventLimit == 0)
            return Supply::More;
        out.add(entry->event);
        cursor.next = entry->id + 1;
        --eventLimit;
    }
    return isFinished() ? Supply::Finished : Supply::Waiting;
}

Feed::Supply Feed::takeFresh(FeedCursor &cursor, EventBatch &out, std::size_t byteLimit, std::uint64_t &eventLimit)
{
    const std::uint64_t end = m_options.count > 0 ? m_options.count : std::numeric_limits<std::uint64_t>::max();
    const TickWriter::Time time =
        TickWriter::timeOf(m_clock); // one for the lot: asking costs as much as writing an event
    while (cursor.next <= end && out.bytes().size() < byteLimit && eventLimit > 0) {
        out.add(write(cursor.next++, time));
        --eventLimit;
    }
    m_freshId = std::max(m_freshId, cursor.next - 1);
    return cursor.next > end ? Supply::Finished : Supply::More;
}

ByteView Feed::write(std::uint64_t id, TickWriter::Time time)
{
    return m_options.isWebSocket() ? m_writer.data(id, time) : m_writer.event(id, time);
}

void Feed::publish(std::uint64_t id, ByteView data)
{
    if (!m_options.hasClock() || isFinished())
        return;
    m_log.append(id, encodeSse({std::to_string(id), {}, Bytes(data), std::nullopt}));
    Q_EMIT grown();
    trim();
}

std::int64_t Feed::idleTime()
{
    const std::int64_t now = m_clock.now().nanoseconds;
    std::erase_if(m_readers, [](const std::weak_ptr<FeedCursor> &reader) { return reader.expired(); });
    if (!m_readers.empty())
        m_lastSeen = now;
    return now - m_lastSeen;
}

void Feed::scheduleNext()
{
    const std::int64_t jitter = m_options.jitter.count();
    m_base += m_options.interval.count() * kMillisecond;
    m_due = m_base + (jitter > 0 ? static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(jitter + 1)) : 0) *
                         kMillisecond;
}

void Feed::onDue()
{
    const std::int64_t now = m_clock.now().nanoseconds;
    if (now - m_due > kPatience)
        m_base = m_due = now;
    slowestReader();
    while (m_due <= now && !isFinished()) {
        if (!isHeldBack())
            tick();
        scheduleNext();
    }
    if (!isFinished())
        m_timer.start(std::chrono::milliseconds((m_due - now + kMillisecond - 1) / kMillisecond));
}

void Feed::tick()
{
    const TickWriter::Time time = TickWriter::timeOf(m_clock);
    for (std::uint64_t i = 0; i < m_options.burst && !isFinished(); ++i) {
        if (m_log.bytes() > kLogBytes / 2) { // readers empty it before more is made
            Q_EMIT grown();
            trim();
            if (isHeldBack())
                return;
        }
        const std::uint64_t id = m_log.lastId() + 1;
        m_log.append(id, Bytes(write(id, time)));
    }
    Q_EMIT grown();
    trim();
}

void Feed::trim()
{
    m_log.trim(slowestReader(), kLogBytes);
}

bool Feed::isHeldBack() const
{
    // An only reader that can't keep up sets the pace, and loses nothing; of several, the slow ones lose.
    if (m_readers.size() != 1 || m_log.bytes() < kLogBytes / 2)
        return false;
    const auto reader = m_readers.front().lock();
    return reader && reader->next <= m_log.oldest();
}

std::uint64_t Feed::slowestReader()
{
    std::erase_if(m_readers, [](const std::weak_ptr<FeedCursor> &reader) { return reader.expired(); });
    std::uint64_t slowest = std::numeric_limits<std::uint64_t>::max();
    for (const auto &reader : m_readers) {
        if (const auto cursor = reader.lock())
            slowest = std::min(slowest, cursor->next);
    }
    return slowest;
}

} // namespace pushscope::demo
