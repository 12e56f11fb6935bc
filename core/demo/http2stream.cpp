#include "core/demo/http2stream.h"

#include "core/demo/http2connection.h"

#include <chrono>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::size_t kDeliverAtOnce = 16 * 1024;
constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kTimeBeforeCut{100};
} // namespace

Http2Stream::Http2Stream(Http2Connection &connection, DemoContext &context, Request request, StreamId id)
    : DemoStream(context, std::move(request)), m_connection(connection), m_id(id),
      m_isConnect(m_request.head->method == "CONNECT")
{
}

void Http2Stream::writeHead(HttpHead head)
{
    if (m_isOver)
        return;
    if (!head.isInterim()) {
        const bool isAnnounced = head.headers.contains("Content-Length") || head.headers.contains("Transfer-Encoding");
        m_ending = isAnnounced ? Ending::Announced : Ending::Open;
    }
    m_connection.codec().sendHead(m_id, head);
    m_connection.requestFlush();
}

void Http2Stream::sendBody(ByteView bytes)
{
    if (m_isOver || m_endSent)
        return;
    m_connection.codec().sendBody(m_id, bytes);
    m_connection.requestFlush();
}

void Http2Stream::write(const EventBatch &events)
{
    std::size_t begin = 0;
    for (const std::size_t end : events.ends()) {
        sendBody(ByteView(events.bytes()).substr(begin, end - begin));
        begin = end;
    }
}

void Http2Stream::endAnswer(const Headers &trailers)
{
    if (m_isOver)
        return;
    m_connection.codec().sendEnd(m_id, trailers);
    end();
}

void Http2Stream::accept(const HttpHead &answer)
{
    if (m_isOver)
        return;
    // RFC 8441 section 5: 200, and nothing of the upgrade, nor a key's proof.
    HttpHead agreed = answer;
    agreed.status = 200;
    for (const std::string_view field : {"Upgrade", "Connection", "Sec-WebSocket-Accept"})
        agreed.headers.remove(field);
    m_isTunnel = true;
    m_ending = Ending::Open;
    m_connection.codec().sendHead(m_id, agreed);
    m_connection.requestFlush();
    // Not here: the exchange is in the middle of it.
    QMetaObject::invokeMethod(this, &Http2Stream::deliver, Qt::QueuedConnection);
}

std::size_t Http2Stream::room() const
{
    const std::size_t share = m_connection.share();
    const std::uint64_t unsent = m_isOver ? share : m_connection.codec().unsent(m_id);
    m_isThirsty = unsent >= share;
    return m_isThirsty ? 0 : share - unsent;
}

bool Http2Stream::isSent() const
{
    m_isThirsty = !m_isOver && m_connection.codec().unsent(m_id) > 0;
    return !m_isThirsty;
}

void Http2Stream::requestTurn()
{
    if (!m_isOver)
        m_connection.requestTurn(m_id);
}

void Http2Stream::setReading(bool reading)
{
    if (std::exchange(m_reading, reading) || !reading)
        return;
    QMetaObject::invokeMethod(this, &Http2Stream::deliver, Qt::QueuedConnection);
}

void Http2Stream::finish()
{
    if (m_isOver)
        return;
    if (m_ending != Ending::Open) {
        // Browsers throw away what they have not looked at when they see RST_STREAM: they get a moment for it.
        if (!std::exchange(m_isBeingCut, true))
            QTimer::singleShot(kTimeBeforeCut, this, [this] { resetWith(Http2ErrorCode::InternalError); });
        return;
    }
    if (!std::exchange(m_endSent, true))
        m_connection.codec().sendEnd(m_id);
    m_connection.linger(m_id);
    end();
}

void Http2Stream::halfClose()
{
    if (m_isOver || std::exchange(m_endSent, true))
        return;
    m_connection.codec().sendEnd(m_id);
    m_connection.requestFlush();
}

void Http2Stream::resetWith(Http2ErrorCode code)
{
    if (m_isOver)
        return;
    m_connection.resetWhenSent(m_id, code);
    end();
}

void Http2Stream::refuse(const Answer &refusal)
{
    answer(refusal);
    // RFC 9113 section 8.1: the rest of the request is not needed.
    m_connection.dismiss(m_id);
}

void Http2Stream::receive(ByteView bytes)
{
    if (m_isOver)
        return;
    const bool fits = m_connection.hold(bytes.size());
    if (m_isConnect) {
        m_waiting.append(bytes);
        deliver();
    } else {
        m_connection.codec().consume(m_id, bytes.size());
        appendContent(bytes);
    }
    if (!fits)
        resetWith(Http2ErrorCode::EnhanceYourCalm);
}

void Http2Stream::deliver()
{
    if (!m_isTunnel || std::exchange(m_isDelivering, true))
        return;
    // Without room for answers nothing is read either; what the exchange does not take keeps the window shut.
    while (!m_isOver && m_reading && !m_waiting.empty() && exchange() && hasRoom()) {
        const Bytes part = m_waiting.substr(0, kDeliverAtOnce);
        m_waiting.erase(0, part.size());
        m_connection.release(part.size());
        m_connection.codec().consume(m_id, part.size());
        exchange()->receive(part);
    }
    m_isDelivering = false;
    m_connection.requestFlush(); // for the window's sake
    if (m_peerEnded && m_waiting.empty() && !m_isOver)
        peerEnded();
}

void Http2Stream::peerEnded()
{
    m_peerEnded = true;
    if (m_isOver || !exchange() || !m_waiting.empty())
        return;
    if (m_isTunnel && !exchange()->peerEnded())
        finish();
}

void Http2Stream::drained()
{
    m_isThirsty = false;
    deliver();
    if (!m_isOver && exchange())
        exchange()->drained();
}

void Http2Stream::awaitRest()
{
    m_patience = std::make_unique<QTimer>();
    m_patience->setSingleShot(true);
    connect(m_patience.get(), &QTimer::timeout, this, [this] {
        if (!m_isOver && !exchange())
            refuse(textAnswer(408, "the request did not become whole within a minute"));
    });
    m_patience->start(kPatience);
}

void Http2Stream::end()
{
    if (!std::exchange(m_isOver, true))
        m_connection.onStreamOver(m_id);
}

} // namespace pushscope::demo
