#include "core/engine/wspeer.h"

#include <utility>

namespace pushscope {

namespace {

constexpr std::size_t LatePongs = 1024; ///< on their way at the same time; further pings go unanswered

} // namespace

WsPeer::WsPeer(const WebSocketOptions &options, Alarms &alarms, std::function<std::uint32_t()> random,
               std::function<void(ByteView, SendCause)> write)
    : m_options(options), m_alarms(alarms), m_random(random), m_write(std::move(write)),
      m_endpoint({Role::Client, false, true, std::move(random)}) // pongs are ours: their mode may change any time
{
}

WsPeer::~WsPeer()
{
    for (const Alarms::Id id : m_latePongs)
        m_alarms.clear(id);
}

void WsPeer::take(const WsStep &step)
{
    for (const WsFrameSpec &answer : m_endpoint.take(step.message, step.findings))
        m_write(encodeWsFrame(answer), SendCause::Answer);
    if (step.message == nullptr || step.message->abandoned || isClosing())
        return;
    switch (step.message->kind) {
    case WsMessage::Kind::Ping: answerPing(*step.message); return;
    case WsMessage::Kind::Text:
    case WsMessage::Kind::Binary: echo(*step.message); return;
    case WsMessage::Kind::Pong:
    case WsMessage::Kind::Close: return;
    }
}

void WsPeer::answerPing(const WsMessage &ping)
{
    switch (m_options.pong) {
    case PongMode::Auto: send(m_endpoint.pong(ping.payload), SendCause::Answer); return;
    case PongMode::Off: return;
    case PongMode::Late: break;
    }
    if (m_latePongs.size() == LatePongs)
        return;
    const auto place = m_latePongs.insert(m_latePongs.end(), Alarms::Id());
    *place = m_alarms.set(m_options.pongDelay, [this, place, payload = ping.payload] {
        m_latePongs.erase(place);
        send(m_endpoint.pong(payload), SendCause::Answer);
    });
}

void WsPeer::echo(const WsMessage &message)
{
    if (!m_options.echo)
        return;
    if (message.kind == WsMessage::Kind::Text)
        send(m_endpoint.text(message.payload), SendCause::Answer);
    else
        send(m_endpoint.binary(message.payload), SendCause::Answer);
}

bool WsPeer::send(const std::optional<WsFrameSpec> &frame, SendCause cause)
{
    if (frame)
        m_write(encodeWsFrame(*frame), cause);
    return frame.has_value();
}

bool WsPeer::sendClose(std::uint16_t code, ByteView reason)
{
    const bool sent = send(m_endpoint.close(code, reason));
    m_closedFirst |= m_endpoint.state() == WsCloseState::CloseSent;
    return sent;
}

void WsPeer::beginClose()
{
    if (sendClose(m_options.closeCode, m_options.closeReason) || isClosing())
        return;
    // A code that must not be sent (RFC 6455 section 7.4) was chosen to see what the peer makes of it.
    WsFrameSpec frame;
    frame.opcode = WsOpcode::Close;
    frame.payload = closePayload(m_options.closeCode, m_options.closeReason);
    sendRaw(std::move(frame), true);
}

void WsPeer::sendRaw(WsFrameSpec frame, bool mask)
{
    if (mask && !frame.maskingKey) {
        const std::uint32_t key = m_random();
        frame.maskingKey = {static_cast<std::uint8_t>(key >> 24), static_cast<std::uint8_t>(key >> 16),
                            static_cast<std::uint8_t>(key >> 8), static_cast<std::uint8_t>(key)};
    }
    m_endpoint.noteRaw(frame);
    m_closedFirst |= m_endpoint.state() == WsCloseState::CloseSent;
    m_write(encodeWsFrame(frame), SendCause::Own);
}

void WsPeer::setPong(PongMode mode, Milliseconds delay)
{
    m_options.pong = mode;
    m_options.pongDelay = delay;
}

} // namespace pushscope
