#include "core/insight/arrivals.h"

#include "core/capture/details/payload.h"
#include "core/insight/delivered.h"
#include "core/insight/recordwalk.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

/// Larger messages are not looked through for a time.
constexpr std::uint64_t LargestParsed = 64 * 1024;

/// What a message says in JSON.
std::optional<JsonDocument> messageAt(const Capture &capture, Seq seq)
{
    Payload payload = payloadOf(capture, seq, LargestParsed);
    return payload.totalBytes > LargestParsed ? std::nullopt : JsonDocument::parse(std::move(payload.bytes));
}

} // namespace

void Arrivals::Stretch::add(const Stretch &later)
{
    events += later.events;
    bytes += later.bytes;
    largestLump = std::max(largestLump, later.largestLump);
    if (!first.isValid())
        first = later.first;
    if (later.stamped == 0)
        return;
    leastDelay = stamped == 0 ? later.leastDelay : std::min(leastDelay, later.leastDelay);
    greatestDelay = stamped == 0 ? later.greatestDelay : std::max(greatestDelay, later.greatestDelay);
    sumOfDelays += later.sumOfDelays;
    stamped += later.stamped;
}

void Arrivals::Stretch::stamp(std::int64_t delay)
{
    Stretch one;
    one.stamped = 1;
    one.sumOfDelays = static_cast<double>(delay);
    one.leastDelay = one.greatestDelay = delay;
    add(one);
}

Arrivals::Arrivals(std::shared_ptr<const Capture> capture, SessionId session, std::optional<ServerTimePlace> place)
    : m_capture(std::move(capture)), m_session(session), m_place(std::move(place)), m_isPlaceGiven(m_place.has_value())
{
}

bool Arrivals::advance(std::uint64_t limit)
{
    const bool isMore =
        forEachRecord(*m_capture, m_position, limit, [this](Seq seq, const Record &record) { take(seq, record); });
    // The newest read may still grow, but what it brought last is here: a lump that nothing follows shows, too.
    if (!isMore && m_lump.size > 1)
        readServerTime(m_lumpLast);
    return isMore;
}

void Arrivals::take(Seq seq, const Record &record)
{
    // Over HTTP/2 a read's record stands with the session that opened the connection.
    if (record.kind == RecordKind::TcpRead)
        m_newRead |= record.connection == m_connection && record.direction == Direction::In;
    if (record.session != m_session.value)
        return;
    if (record.kind == RecordKind::State)
        m_connection = 0; // what lies between two connections is no gap of the stream's
    else if (isDelivered(record))
        takeMessage(seq, record);
}

void Arrivals::takeMessage(Seq seq, const Record &record)
{
    const bool isFirst = m_connection != record.connection;
    const bool isSameRead = !isFirst && !m_newRead && record.time == m_lastTime;
    if (m_events == 0)
        m_firstTime = record.time;
    if (!isFirst) {
        const auto gap =
            static_cast<std::uint64_t>(isSameRead ? 0 : std::max<std::int64_t>(record.time - m_lastTime, 0));
        if (m_gaps.total() == 0 || gap > m_gaps.largest())
            m_longestGap = seq;
        m_gaps.count(gap, seq);
    }
    if (!isSameRead)
        endLump();
    m_newRead = false;
    m_connection = record.connection;
    m_lastTime = record.time;
    ++m_events;
    m_bytes += record.originLength;
    if (m_lump.size++ == 0)
        m_lump.first = seq;
    m_lumpLast = seq;
    Stretch &stretch = m_overTime.at(record.time);
    if (stretch.events++ == 0)
        stretch.first = seq;
    stretch.bytes += record.originLength;
    stretch.largestLump = std::max(stretch.largestLump, m_lump.size);
    if (m_lump.size > m_largestLump.size)
        m_largestLump = m_lump;
    if (m_lump.size > 1)
        m_inLumps += m_lump.size == 2 ? 2 : 1;
    if (m_lump.size == 1)
        readServerTime(seq);
}

/// The first of a read has waited longest, the last one least: the server's times of those between lie between.
void Arrivals::endLump()
{
    if (m_lump.size == 0)
        return;
    if (m_lumpLast != m_lump.first)
        readServerTime(m_lumpLast);
    m_lumps.count(m_lump.size, m_lump.first);
    m_lump = Lump();
}

void Arrivals::readServerTime(Seq seq)
{
    if (std::exchange(m_lastTimed, seq) == seq)
        return;
    if (!m_isPlaceGiven && !m_search.wantsNext())
        return;
    const auto message = messageAt(*m_capture, seq);
    if (!message)
        return;
    if (!m_isPlaceGiven)
        search(*message, seq);
    if (m_place)
        stamp(*message, seq);
}

void Arrivals::search(const JsonDocument &message, Seq seq)
{
    constexpr std::size_t mostUnstamped = 64;
    m_search.look(message, m_capture->wallStart() + m_capture->record(seq).time);
    const ServerTimePlace *found = m_search.found();
    if (m_place && found == nullptr) {
        m_place.reset();
        forgetStamps();
    }
    if (found == nullptr) {
        if (m_unstamped.size() < mostUnstamped)
            m_unstamped.push_back(seq);
    } else if (!m_place) {
        m_place = *found;
        for (const Seq earlier : std::exchange(m_unstamped, {})) {
            if (const auto read = messageAt(*m_capture, earlier))
                stamp(*read, earlier);
        }
    }
}

void Arrivals::stamp(const JsonDocument &message, Seq seq)
{
    const auto time = m_place->timeIn(message);
    if (!time)
        return;
    const Record &record = m_capture->record(seq);
    const std::int64_t delay = m_capture->wallStart() + record.time - *time;
    m_leastDelay = m_stamped == 0 ? delay : std::min(m_leastDelay, delay);
    m_greatestDelay = m_stamped == 0 ? delay : std::max(m_greatestDelay, delay);
    ++m_stamped;
    m_overTime.at(record.time).stamp(delay);
}

void Arrivals::forgetStamps()
{
    m_stamped = 0;
    m_leastDelay = m_greatestDelay = 0;
    m_overTime.forEach([](Stretch &stretch) {
        stretch.stamped = 0;
        stretch.sumOfDelays = 0;
        stretch.leastDelay = stretch.greatestDelay = 0;
    });
}

} // namespace pushscope
