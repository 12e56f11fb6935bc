#pragma once

#include "core/demo/exchange.h"
#include "core/demo/websocketpeer.h"

namespace pushscope::demo {

/// /ws/echo: every text and binary message comes back as it came, in frames of the same lengths.
class EchoExchange : public Exchange
{
public:
    explicit EchoExchange(DemoStream &stream);
    void start() override;
    void receive(ByteView bytes) override;

private:
    void echo(const WsMessage &message, const std::vector<std::uint64_t> &frameLengths);

    WebSocketPeer m_peer;
};

} // namespace pushscope::demo
