#include "core/demo/windowfeed.h"

#include "core/demo/http2connection.h"
#include "core/wire/sse/sseencoder.h"

namespace pushscope::demo {

namespace {
constexpr std::int64_t kMillisecond = 1'000'000;
}

WindowFeed::WindowFeed(Http2Stream &stream, std::uint64_t lastId, std::uint64_t count, std::size_t size)
    : m_stream(stream), m_id(lastId), m_count(count), m_size(size)
{
}

bool WindowFeed::pump()
{
    if (!m_stream.isSent())
        return true;
    if (m_written)
        m_blocked = m_stream.context().clock.now().nanoseconds - m_written->nanoseconds;
    if (m_id >= m_count)
        return false;
    write();
    return true;
}

void WindowFeed::write()
{
    const Http2Codec &codec = m_stream.connection().codec();
    Bytes data = "{\"id\":" + std::to_string(++m_id) + ",\"blocked_ms\":" + std::to_string(m_blocked / kMillisecond) +
                 ",\"stream_window\":" + std::to_string(codec.remoteWindow(m_stream.id())) +
                 ",\"connection_window\":" + std::to_string(codec.remoteWindow({})) + ",\"pad\":\"";
    data.append(m_size > data.size() ? m_size - data.size() : 0, 'x').append("\"}");
    m_written = m_stream.context().clock.now();
    ++m_stream.context().counters.eventsSent;
    m_stream.sendBody(encodeSse({std::to_string(m_id), "window", data, std::nullopt}));
    (void)m_stream.isSent(); // drained() tells when it is
}

} // namespace pushscope::demo
