#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace pushscope::demo {

/// Somebody who is in a room.
class ChatMember
{
public:
    virtual ~ChatMember() = default;
    virtual void deliver(ByteView frame) = 0;
};

/// Who is in which room. A member leaves before it goes.
class ChatRooms
{
public:
    /// False when there are too many rooms.
    [[nodiscard]] bool join(const std::string &room, ChatMember &member);
    void leave(const std::string &room, ChatMember &member);
    /// To everyone in the room, the sender too.
    void broadcast(const std::string &room, ByteView frame) const;
    [[nodiscard]] std::size_t members(const std::string &room) const;

private:
    std::map<std::string, std::vector<ChatMember *>> m_rooms;
};

} // namespace pushscope::demo
