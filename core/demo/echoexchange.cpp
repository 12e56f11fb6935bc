#include "core/demo/echoexchange.h"

#include "core/demo/demostream.h"

namespace pushscope::demo {

EchoExchange::EchoExchange(DemoStream &stream)
    : Exchange(stream), m_peer(stream, {.keepsFrameLengths = true},
                               [this](const WsMessage &message, const std::vector<std::uint64_t> &frameLengths) {
                                   echo(message, frameLengths);
                               })
{
}

void EchoExchange::start()
{
    m_peer.accept();
}

void EchoExchange::receive(ByteView bytes)
{
    m_peer.receive(bytes);
}

void EchoExchange::echo(const WsMessage &message, const std::vector<std::uint64_t> &frameLengths)
{
    if (message.kind != WsMessage::Kind::Text && message.kind != WsMessage::Kind::Binary)
        return;
    ++stream().context().counters.eventsSent;
    WsFrameSpec frame;
    frame.opcode = message.kind == WsMessage::Kind::Text ? WsOpcode::Text : WsOpcode::Binary;
    std::size_t offset = 0;
    for (std::size_t i = 0; i < frameLengths.size(); ++i) {
        frame.fin = i + 1 == frameLengths.size();
        frame.payload.assign(message.payload, offset, frameLengths[i]);
        offset += frameLengths[i];
        m_peer.sendFrame(frame);
        frame.opcode = WsOpcode::Continuation;
    }
}

} // namespace pushscope::demo
