#include "core/demo/chatexchange.h"

#include "core/demo/demostream.h"

#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::uint16_t kPolicyViolation = 1008; // RFC 6455 section 7.4.1
constexpr std::uint16_t kTryAgainLater = 1013;   // IANA WebSocket Close Code Number Registry
} // namespace

ChatExchange::ChatExchange(DemoStream &stream, std::string room)
    : Exchange(stream), m_room(std::move(room)),
      m_peer(stream, {}, [this](const WsMessage &message, const std::vector<std::uint64_t> &) { say(message); })
{
}

ChatExchange::~ChatExchange()
{
    stream().context().rooms.leave(m_room, *this);
}

void ChatExchange::start()
{
    m_peer.accept();
    if (!stream().context().rooms.join(m_room, *this))
        m_peer.close(kTryAgainLater, "too many rooms");
}

void ChatExchange::receive(ByteView bytes)
{
    m_peer.receive(bytes);
}

void ChatExchange::deliver(ByteView frame)
{
    if (!m_peer.isOpen())
        return;
    if (!stream().hasRoom()) {
        stream().context().rooms.leave(m_room, *this);
        m_peer.close(kPolicyViolation, "too slow a reader");
        return;
    }
    ++stream().context().counters.eventsSent;
    m_peer.send(frame);
}

void ChatExchange::say(const WsMessage &message)
{
    if (message.kind != WsMessage::Kind::Text && message.kind != WsMessage::Kind::Binary)
        return;
    WsFrameSpec frame;
    frame.opcode = message.kind == WsMessage::Kind::Text ? WsOpcode::Text : WsOpcode::Binary;
    frame.payload = message.payload;
    stream().context().rooms.broadcast(m_room, encodeWsFrame(frame));
}

} // namespace pushscope::demo
