#include "core/demo/mcpsessions.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace pushscope::demo {

std::string McpSessions::open()
{
    if (m_sessions.size() >= Limit) {
        const auto oldest =
            std::ranges::min_element(m_sessions, {}, [](const auto &entry) { return entry.second.lastUse; });
        close(std::string(oldest->first));
    }
    std::string id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    m_sessions[id].lastUse = ++m_uses;
    return id;
}

bool McpSessions::use(const std::string &id)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return false;
    found->second.lastUse = ++m_uses;
    return true;
}

bool McpSessions::attach(const std::string &id, McpListener &listener)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return false;
    if (McpListener *former = std::exchange(found->second.listener, &listener))
        former->dismiss();
    return true;
}

void McpSessions::detach(const std::string &id, McpListener &listener)
{
    const auto found = m_sessions.find(id);
    if (found != m_sessions.end() && found->second.listener == &listener)
        found->second.listener = nullptr;
}

McpListener *McpSessions::listener(const std::string &id) const
{
    const auto found = m_sessions.find(id);
    return found == m_sessions.end() ? nullptr : found->second.listener;
}

bool McpSessions::close(const std::string &id)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return false;
    McpListener *listener = found->second.listener;
    m_sessions.erase(found);
    if (listener)
        listener->dismiss();
    return true;
}

} // namespace pushscope::demo
