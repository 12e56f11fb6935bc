#include "core/demo/mcpstream.h"

#include "core/demo/demostream.h"
#include "core/wire/sse/sseencoder.h"

#include <algorithm>
#include <utility>

namespace pushscope::demo {

namespace {

constexpr std::chrono::seconds PingInterval{5};
constexpr std::size_t LongestQueue = 1000;
constexpr std::int64_t Millisecond = 1'000'000;

} // namespace

McpStream::McpStream(DemoStream &stream, std::string session, Transport transport)
    : Exchange(stream), m_session(std::move(session)), m_transport(transport)
{
    m_dueTimer.setSingleShot(true);
    m_dueTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_dueTimer, &QTimer::timeout, this, &McpStream::sendDue);
    connect(&m_pingTimer, &QTimer::timeout, this, &McpStream::ping);
}

McpStream::~McpStream()
{
    McpSessions &sessions = stream().context().mcp;
    sessions.detach(m_session, *this);
    if (m_transport == Transport::Older)
        sessions.close(m_session);
}

void McpStream::start()
{
    if (!stream().context().mcp.attach(m_session, *this)) { // the router looked before it made the exchange
        stream().reset();
        return;
    }
    stream().sendHead(answerHead(200, eventStreamFields(true)));
    if (m_transport == Transport::Older)
        send(encodeSse({std::nullopt, "endpoint", "/mcp/messages?session=" + m_session, std::nullopt}));
    ping();
    m_pingTimer.start(PingInterval);
}

bool McpStream::deliver(const McpTurn &turn)
{
    if (m_due.size() + turn.messages.size() > LongestQueue)
        return false;
    std::int64_t due = stream().context().clock.now().nanoseconds;
    for (const McpMessage &message : turn.messages) {
        due += message.wait.count() * Millisecond;
        m_due.emplace(due, encodeSse({std::nullopt, "message", message.json, std::nullopt}));
    }
    sendDue();
    return true;
}

void McpStream::dismiss()
{
    m_pingTimer.stop();
    m_dueTimer.stop();
    if (!std::exchange(m_done, true))
        stream().endAnswer();
}

void McpStream::ping()
{
    send(encodeSse({std::nullopt, "message", mcpPing(++m_pings), std::nullopt}));
}

void McpStream::sendDue()
{
    const std::int64_t now = stream().context().clock.now().nanoseconds;
    while (!m_done && !m_due.empty() && m_due.begin()->first <= now)
        send(m_due.extract(m_due.begin()).mapped());
    if (!m_done && !m_due.empty())
        m_dueTimer.start(std::chrono::milliseconds((m_due.begin()->first - now) / Millisecond + 1));
}

void McpStream::send(const Bytes &event)
{
    if (m_done)
        return;
    // What a client does not read is not kept for it: it is let go.
    if (!stream().hasRoom()) {
        m_done = true;
        stream().finish();
        return;
    }
    ++stream().context().counters.eventsSent;
    stream().sendBody(event);
}

} // namespace pushscope::demo
