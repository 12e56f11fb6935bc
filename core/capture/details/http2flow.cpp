#include "core/capture/details/http2flow.h"

#include "core/capture/capture.h"
#include "core/capture/details/http2details.h"

#include <algorithm>

namespace pushscope {

namespace {

/// A connection's window begins with so many bytes, whatever SETTINGS say (RFC 9113 section 6.9.2).
constexpr std::int64_t FirstWindow = 65535;
/// What of a frame that is no SETTINGS is read: a header, and a number behind padding's length and priority.
constexpr std::uint64_t HeaderAndNumber = Http2FrameHeader::Size + 8;

void closeStream(Http2ConnectionFlow &connection, Http2StreamFlow &stream, std::int64_t time)
{
    if (!stream.isOpen())
        return;
    stream.closedAt = time;
    --connection.openStreams;
}

/// The frames of one connection.
class Fold
{
public:
    Fold(Http2ConnectionFlow &connection, const Record &record)
        : m_connection(connection), m_record(record), m_isIn(record.direction == Direction::In)
    {
    }

    void take(const Http2FrameDetails &frame);

private:
    void takeSettings(const Http2FrameDetails &frame);
    void takeData(const Http2FrameHeader &header);
    void takeUpdate(std::uint32_t increment);
    void restartWindows(std::uint32_t initial);
    Http2StreamFlow &opened(std::uint32_t stream);
    void end(Http2StreamFlow &stream);
    [[nodiscard]] Http2StreamFlow *find(std::uint32_t stream)
    {
        const auto found = m_connection.streams.find(stream);
        return found == m_connection.streams.end() ? nullptr : &found->second;
    }
    /// The windows of the sender of DATA in the frame's direction, or of its receiver's WINDOW_UPDATE.
    template <class Flow>
    [[nodiscard]] static FlowWindow &window(Flow &flow, bool isIn)
    {
        return isIn ? flow.in : flow.out;
    }

    Http2ConnectionFlow &m_connection;
    const Record &m_record;
    bool m_isIn;
};

void Fold::take(const Http2FrameDetails &frame)
{
    switch (frame.header.type) {
    case Http2FrameType::Data: takeData(frame.header); return;
    case Http2FrameType::Headers:
        if (frame.header.stream != 0) {
            Http2StreamFlow &stream = opened(frame.header.stream);
            if (frame.header.has(Http2Flag::EndStream))
                end(stream);
        }
        return;
    case Http2FrameType::PushPromise:
        // RFC 9113 section 5.1: reserved; it never takes anything from the side that it was promised to.
        if (frame.payload.promisedStream.value_or(0) != 0)
            (m_isIn ? opened(*frame.payload.promisedStream).endedOut : opened(*frame.payload.promisedStream).endedIn) =
                true;
        return;
    case Http2FrameType::RstStream:
        if (Http2StreamFlow *stream = find(frame.header.stream); stream != nullptr)
            closeStream(m_connection, *stream, m_record.time);
        return;
    case Http2FrameType::Settings: takeSettings(frame); return;
    case Http2FrameType::WindowUpdate: takeUpdate(frame.payload.increment.value_or(0)); return;
    case Http2FrameType::Priority:
    case Http2FrameType::Ping:
    case Http2FrameType::Goaway:
    case Http2FrameType::Continuation:
    case Http2FrameType::Altsvc:
    case Http2FrameType::Origin:
    case Http2FrameType::PriorityUpdate: return;
    }
}

/// RFC 9113 section 6.9.1: all of the payload counts, padding too, on closed streams for the connection alone.
void Fold::takeData(const Http2FrameHeader &header)
{
    window(m_connection, m_isIn).take(m_record.time, header.length);
    Http2StreamFlow *stream = find(header.stream);
    if (stream == nullptr || !stream->isOpen())
        return;
    window(*stream, m_isIn).take(m_record.time, header.length);
    if (header.has(Http2Flag::EndStream))
        end(*stream);
}

/// Its receiver may send more: the window is that of the other direction.
void Fold::takeUpdate(std::uint32_t increment)
{
    if (m_record.stream == 0)
        window(m_connection, !m_isIn).give(m_record.time, increment);
    else if (Http2StreamFlow *stream = find(m_record.stream); stream != nullptr && stream->isOpen())
        window(*stream, !m_isIn).give(m_record.time, increment);
}

/// What a side announces binds the other from its acknowledgement on (RFC 9113 section 6.5.3).
void Fold::takeSettings(const Http2FrameDetails &frame)
{
    Http2Settings &sender = m_isIn ? m_connection.theirs : m_connection.ours;
    Http2Settings &receiver = m_isIn ? m_connection.ours : m_connection.theirs;
    if (!frame.header.has(Http2Flag::Ack))
        sender.announce(frame.payload.settings);
    else if (const auto initial = receiver.acknowledge())
        restartWindows(*initial);
}

/// RFC 9113 section 6.9.2: open streams' windows move by the difference, the connection's does not. The frame is the
/// acknowledgement: by whose sender's DATA the windows are filled.
void Fold::restartWindows(std::uint32_t initial)
{
    (m_isIn ? m_connection.initialIn : m_connection.initialOut) = initial;
    for (auto &[id, stream] : m_connection.streams) {
        if (stream.isOpen())
            window(stream, m_isIn).restart(m_record.time, initial);
    }
}

Http2StreamFlow &Fold::opened(std::uint32_t stream)
{
    if (Http2StreamFlow *known = find(stream); known != nullptr)
        return *known;
    ++m_connection.openStreams;
    return m_connection.streams
        .emplace(stream, Http2StreamFlow{.session = m_record.session,
                                         .openedAt = m_record.time,
                                         .closedAt = {},
                                         .in = FlowWindow(m_record.time, m_connection.initialIn),
                                         .out = FlowWindow(m_record.time, m_connection.initialOut)})
        .first->second;
}

void Fold::end(Http2StreamFlow &stream)
{
    (m_isIn ? stream.endedIn : stream.endedOut) = true;
    if (stream.endedIn && stream.endedOut)
        closeStream(m_connection, stream, m_record.time);
}

} // namespace

Http2Flow::Http2Flow(std::shared_ptr<const Capture> capture) : m_capture(std::move(capture)) {}

Http2Flow::~Http2Flow() = default;

bool Http2Flow::advance(std::uint64_t limit)
{
    const std::uint64_t records = m_capture->counts().records;
    const std::uint64_t end = m_position + std::min(limit, records - m_position);
    while (m_position < end) {
        const Seq seq(++m_position);
        const Record &record = m_capture->record(seq);
        if (isHttp2Frame(record.kind))
            take(seq, record);
        else if (record.kind == RecordKind::End)
            takeEnd(record);
    }
    return end < records;
}

const Http2ConnectionFlow *Http2Flow::connection(ConnectionId id) const
{
    const auto found = m_connections.find(id.value);
    return found == m_connections.end() ? nullptr : &found->second;
}

const Http2StreamFlow *Http2Flow::stream(ConnectionId id, StreamId stream) const
{
    const Http2ConnectionFlow *flow = connection(id);
    if (flow == nullptr)
        return nullptr;
    const auto found = flow->streams.find(stream.value);
    return found == flow->streams.end() ? nullptr : &found->second;
}

void Http2Flow::take(Seq seq, const Record &record)
{
    const std::uint64_t limit = record.kind == RecordKind::H2Settings ? ~0ull : HeaderAndNumber;
    const auto frame = http2FrameOf(*m_capture, seq, limit);
    if (!frame)
        return;
    auto found = m_connections.find(record.connection);
    if (found == m_connections.end()) {
        const FlowWindow first(record.time, FirstWindow);
        found = m_connections
                    .emplace(record.connection,
                             Http2ConnectionFlow{.in = first, .out = first, .streams = {}, .endedAt = {}})
                    .first;
    }
    Fold(found->second, record).take(*frame);
}

/// Of a stream, or of the whole connection.
void Http2Flow::takeEnd(const Record &record)
{
    const auto found = m_connections.find(record.connection);
    if (found == m_connections.end())
        return;
    Http2ConnectionFlow &connection = found->second;
    if (record.stream != 0) {
        const auto stream = connection.streams.find(record.stream);
        if (stream != connection.streams.end())
            closeStream(connection, stream->second, record.time);
        return;
    }
    connection.endedAt = record.time;
    for (auto &[id, stream] : connection.streams)
        closeStream(connection, stream, record.time);
}

} // namespace pushscope
