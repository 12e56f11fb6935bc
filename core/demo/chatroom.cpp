#include "core/demo/chatroom.h"

namespace pushscope::demo {

namespace {
constexpr std::size_t kMaximumRooms = 1000;
} // namespace

bool ChatRooms::join(const std::string &room, ChatMember &member)
{
    if (m_rooms.size() >= kMaximumRooms && !m_rooms.contains(room))
        return false;
    m_rooms[room].push_back(&member);
    return true;
}

void ChatRooms::leave(const std::string &room, ChatMember &member)
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return;
    std::erase(found->second, &member);
    if (found->second.empty())
        m_rooms.erase(found);
}

void ChatRooms::broadcast(const std::string &room, ByteView frame) const
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return;
    const std::vector<ChatMember *> members = found->second; // one that is too slow leaves in the meantime
    for (ChatMember *member : members)
        member->deliver(frame);
}

std::size_t ChatRooms::members(const std::string &room) const
{
    const auto found = m_rooms.find(room);
    return found == m_rooms.end() ? 0 : found->second.size();
}

} // namespace pushscope::demo
