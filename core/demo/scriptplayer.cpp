#include "core/demo/scriptplayer.h"

#include "core/demo/http2stream.h"
#include "core/demo/websocketopening.h"

#include <algorithm>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::chrono::seconds kPongPatience{5};
constexpr std::size_t kFillerBytes = 64 * 1024;
} // namespace

ScriptPlayer::ScriptPlayer(DemoStream &stream, Script script) : Exchange(stream), m_script(std::move(script))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_readTimer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_awaitsPong = false;
        run();
    });
    connect(&m_readTimer, &QTimer::timeout, this, [this] { this->stream().setReading(true); });
}

void ScriptPlayer::run()
{
    while (!m_done && m_next < m_script.steps.size()) {
        // A client that does not read stops the script, not the server's memory.
        m_stalled = !stream().hasRoom();
        if (m_stalled)
            return;
        const Step &current = m_script.steps[m_next++];
        if (std::visit([this](const auto &step) { return play(step); }, current) == Pace::Pause)
            return;
    }
}

void ScriptPlayer::receive(ByteView bytes)
{
    if (m_readRate > 0) {
        stream().setReading(false);
        m_readTimer.start(std::chrono::milliseconds(std::max<std::uint64_t>(1, bytes.size() * 1000 / m_readRate)));
    }
    if (m_peer)
        m_peer->receive(bytes);
}

void ScriptPlayer::drained()
{
    const bool goesOn = m_windowFeed       ? fillWindow() == Pace::GoOn
                        : m_fillerLeft > 0 ? sendFiller() == Pace::GoOn
                                           : m_stalled;
    if (goesOn)
        run();
}

ScriptPlayer::Pace ScriptPlayer::stop()
{
    m_done = true;
    return Pace::Pause;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Head &head)
{
    stream().sendHead(head.head);
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Body &body)
{
    stream().sendBody(body.bytes);
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Raw &raw)
{
    stream().write(raw.bytes);
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::End &end)
{
    stream().endAnswer(end.trailers);
    return stop();
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Wait &wait)
{
    m_timer.start(wait.time);
    return Pace::Pause;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Again &again)
{
    m_next = again.index;
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Close &)
{
    stream().finish();
    return stop();
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Reset &)
{
    stream().reset();
    return stop();
}

ScriptPlayer::Pace ScriptPlayer::play(const step::HalfClose &)
{
    m_halfClosed = true;
    stream().halfClose();
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Accept &accept)
{
    openPeer();
    m_peer->accept(accept.subprotocol);
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::AcceptWith &accept)
{
    openPeer();
    const auto offer = readOpening(stream().request());
    if (!offer) // the router looked before it made the exchange
        return stop();
    HttpHead answer = webSocketAnswer(*offer, {});
    answer.headers.set("Sec-WebSocket-Accept", accept.acceptKey);
    m_peer->accept(answer);
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::Frame &frame)
{
    ++stream().context().counters.eventsSent;
    m_peer->sendFrame(frame.frame);
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::LargeText &text)
{
    WsFrameSpec header;
    header.announcedLength = text.size;
    m_peer->send(encodeWsFrame(header));
    m_fillerLeft = text.size;
    return sendFiller();
}

ScriptPlayer::Pace ScriptPlayer::play(const step::AwaitPong &)
{
    m_awaitsPong = true;
    m_timer.start(kPongPatience);
    return Pace::Pause;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::ReadSlowly &slowly)
{
    m_readRate = slowly.bytesPerSecond;
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::AwaitClose &)
{
    m_peer->awaitClose();
    return Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::OnHttp2 &step)
{
    Http2Stream *http2 = stream().http2();
    if (!http2) // the router looked before it made the exchange
        return stop();
    perform(step.step, *http2);
    return http2->isOver() ? stop() : Pace::GoOn;
}

ScriptPlayer::Pace ScriptPlayer::play(const step::FillWindow &fill)
{
    if (!stream().http2())
        return stop();
    m_windowFeed = std::make_unique<WindowFeed>(*stream().http2(), fill.lastId, fill.count, fill.size);
    return fillWindow();
}

ScriptPlayer::Pace ScriptPlayer::fillWindow()
{
    if (m_windowFeed->pump())
        return Pace::Pause;
    m_windowFeed.reset();
    return Pace::GoOn;
}

void ScriptPlayer::openPeer()
{
    // What the script does wrong is no reason to judge the client by it.
    const WebSocketPeer::Options options{m_script.autoPong, true};
    m_peer = std::make_unique<WebSocketPeer>(
        stream(), options, [this](const WsMessage &message, const std::vector<std::uint64_t> &) {
            if (message.kind != WsMessage::Kind::Pong || !std::exchange(m_awaitsPong, false))
                return;
            m_timer.stop();
            run();
        });
}

ScriptPlayer::Pace ScriptPlayer::sendFiller()
{
    static const Bytes filler(kFillerBytes, 'x');
    while (m_fillerLeft > 0) {
        const std::uint64_t room = std::min(stream().room(), filler.size());
        if (room == 0)
            return Pace::Pause;
        const std::size_t part = std::min(m_fillerLeft, room);
        m_peer->send(ByteView(filler).substr(0, part));
        m_fillerLeft -= part;
    }
    return Pace::GoOn;
}

} // namespace pushscope::demo
