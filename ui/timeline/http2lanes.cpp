#include "ui/timeline/http2lanes.h"

#include "core/capture/details/http2details.h"
#include "core/capture/facts.h"
#include "ui/frameticker.h"

#include <algorithm>

namespace pushscope {

namespace {

/// The mark of a frame; 0 for DATA.
std::uint32_t markOf(const Http2FrameHeader &header)
{
    switch (header.type) {
    case Http2FrameType::Data: return 0;
    case Http2FrameType::Headers:
    case Http2FrameType::Continuation: return FrameMark::Headers;
    case Http2FrameType::RstStream: return FrameMark::Reset;
    case Http2FrameType::Settings: return header.has(Http2Flag::Ack) ? FrameMark::SettingsAck : FrameMark::Settings;
    case Http2FrameType::Goaway: return FrameMark::Goaway;
    case Http2FrameType::PushPromise: return FrameMark::Push;
    case Http2FrameType::Priority:
    case Http2FrameType::Ping:
    case Http2FrameType::WindowUpdate:
    case Http2FrameType::Altsvc:
    case Http2FrameType::Origin:
    case Http2FrameType::PriorityUpdate: break;
    }
    return FrameMark::Other;
}

bool endsStream(const Http2FrameHeader &header)
{
    return (header.type == Http2FrameType::Data || header.type == Http2FrameType::Headers) &&
           header.has(Http2Flag::EndStream);
}

} // namespace

Http2Lanes::Http2Lanes(std::shared_ptr<const Capture> capture) : m_capture(std::move(capture)) {}

void Http2Lanes::setConnection(std::uint32_t connection, Seq first)
{
    m_connection = connection;
    m_lanes.clear();
    m_places.clear();
    m_touched.clear();
    m_last = -1;
    m_position = first.isValid() ? first.value - 1 : 0;
    m_end = 0;
}

int Http2Lanes::placeOf(std::uint32_t stream) const
{
    const auto found = m_places.find(stream);
    return found == m_places.end() ? -1 : found->second;
}

Http2Lane &Http2Lanes::laneOf(const Record &record)
{
    if (m_last >= 0 && m_lanes[std::size_t(m_last)]->stream == record.stream)
        return *m_lanes[std::size_t(m_last)];
    const auto [found, isNew] = m_places.try_emplace(record.stream, int(m_lanes.size()));
    if (isNew) {
        auto lane = std::make_unique<Http2Lane>();
        lane->stream = record.stream;
        lane->session = SessionId(record.session);
        lane->start = record.time;
        m_lanes.push_back(std::move(lane));
    }
    m_last = found->second;
    Http2Lane &lane = *m_lanes[std::size_t(m_last)];
    if (!lane.isTouched)
        m_touched.push_back(&lane);
    lane.isTouched = true;
    return lane;
}

void Http2Lanes::take(Seq seq, const Record &record)
{
    Bytes scratch;
    const ByteView bytes = m_capture->originView(seq, scratch, Http2FrameHeader::Size);
    if (bytes.size() < Http2FrameHeader::Size)
        return;
    const Http2FrameHeader header = parseHttp2FrameHeader(bytes);
    Http2Lane &lane = laneOf(record);
    const std::uint32_t mark = markOf(header) | (endsStream(header) ? FrameMark::EndStream : 0);
    if (header.type == Http2FrameType::Data)
        lane.data.add(record.time, seq, record.direction, header.length, 0);
    if (mark != 0)
        lane.marks.add(record.time, seq, record.direction, header.length, mark);
    if (header.type == Http2FrameType::Ping && record.derivedLength > 0) {
        if (const auto rtt = decodeFacts<PingFacts>(m_capture->derivedView(seq, scratch)).rttMs)
            lane.trips.push_back({record.time, std::int64_t(*rtt * 1e6), seq});
    }
    m_end = std::max(m_end, record.time);
}

bool Http2Lanes::advance(std::uint64_t published, std::chrono::microseconds slice)
{
    if (m_connection == 0 || m_position >= published)
        return false;
    SliceTimer timer(slice);
    bool isNew = false;
    while (m_position < published && !timer.isOver()) {
        ++m_position;
        const Record &record = m_capture->record(Seq(m_position));
        if (record.connection != m_connection || !isHttp2Frame(record.kind))
            continue;
        take(Seq(m_position), record);
        isNew = true;
    }
    // With thousands of streams only those that something came on are brought up to date.
    for (Http2Lane *lane : m_touched) {
        lane->data.settle();
        lane->marks.settle();
        lane->isTouched = false;
    }
    m_touched.clear();
    m_last = -1;
    return isNew;
}

} // namespace pushscope
