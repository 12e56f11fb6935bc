#pragma once

#include "core/demo/chatroom.h"
#include "core/demo/exchange.h"
#include "core/demo/websocketpeer.h"

#include <string>

namespace pushscope::demo {

/// /ws/chat: what one says, everyone in the room hears.
class ChatExchange : public Exchange, public ChatMember
{
public:
    ChatExchange(DemoStream &stream, std::string room);
    ~ChatExchange() override;
    void start() override;
    void receive(ByteView bytes) override;
    void deliver(ByteView frame) override;

private:
    void say(const WsMessage &message);

    std::string m_room;
    WebSocketPeer m_peer;
};

} // namespace pushscope::demo
