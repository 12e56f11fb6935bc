#include "ui/timeline/timelinelanes.h"

#include "ui/frameticker.h"

namespace pushscope {

TimelineLanes::TimelineLanes(std::shared_ptr<const Capture> capture) : m_capture(std::move(capture)) {}

Lane &TimelineLanes::laneOf(std::uint32_t session)
{
    // The newest lane is the busiest one nearly always.
    if (!m_lanes.empty() && m_lanes.back()->session.value == session)
        return *m_lanes.back();
    Lane *&lane = m_bySession[session];
    if (!lane) {
        m_lanes.push_back(std::make_unique<Lane>());
        lane = m_lanes.back().get();
        lane->session = SessionId(session);
    }
    return *lane;
}

const Lane *TimelineLanes::lane(SessionId session) const
{
    const auto found = m_bySession.find(session.value);
    return found == m_bySession.end() ? nullptr : found->second;
}

void TimelineLanes::take(Seq seq, const Record &record)
{
    switch (layerOf(record.kind)) {
    case Layer::Messages:
        laneOf(record.session).marks.add(record.time, seq, record.direction, record.originLength, 0);
        break;
    case Layer::Findings:
        laneOf(record.session).marks.add(record.time, seq, Direction::None, 0, LaneFlag::Finding);
        break;
    case Layer::Connection:
        if (record.has(RecordFlag::Companion) &&
            (record.kind == RecordKind::HttpRequest || record.kind == RecordKind::HttpResponse)) {
            laneOf(record.session).marks.add(record.time, seq, record.direction, record.originLength, 0);
        } else if (record.kind == RecordKind::Error) {
            laneOf(record.session).marks.add(record.time, seq, Direction::None, 0, LaneFlag::Error);
        } else if (record.kind == RecordKind::State) {
            const auto facts = decodeFacts<StateFacts>(m_capture->derived(seq, 64 * 1024));
            laneOf(record.session)
                .bands.push_back(
                    {record.time, facts.state, facts.cause, facts.delayMs.value_or(0), facts.delaySource, seq});
        }
        break;
    case Layer::Frames:
    case Layer::Reads: break;
    }
}

bool TimelineLanes::advance(std::uint64_t published, std::chrono::microseconds slice)
{
    if (m_position >= published)
        return false;
    SliceTimer timer(slice);
    while (m_position < published && !timer.isOver()) {
        ++m_position;
        const Record &record = m_capture->record(Seq(m_position));
        take(Seq(m_position), record);
        m_end = std::max(m_end, record.time);
    }
    for (const auto &lane : m_lanes)
        lane->marks.settle();
    return true;
}

bool TimelineLanes::isMoving() const
{
    return std::any_of(m_lanes.begin(), m_lanes.end(), [](const auto &lane) { return !lane->isOver(); });
}

} // namespace pushscope
