#include "core/demo/replaylog.h"

#include <algorithm>

namespace pushscope::demo {

void ReplayLog::append(std::uint64_t id, Bytes event)
{
    m_lastId = id;
    m_bytes += event.size();
    m_entries.push_back({id, std::move(event)});
}

ReplayLog::Start ReplayLog::start(std::optional<std::uint64_t> lastEventId) const
{
    if (!lastEventId || *lastEventId >= m_lastId)
        return {m_lastId + 1, lastEventId && *lastEventId > m_lastId};
    // More than the window may be here for the sake of a slow reader; a new one gets no more than was promised.
    const std::size_t outside = m_entries.size() - std::min<std::uint64_t>(m_entries.size(), m_window);
    const std::uint64_t newestGone = outside > 0 ? m_entries[outside - 1].id : m_forgotten;
    if (*lastEventId >= newestGone)
        return {*lastEventId + 1, false};
    return {outside < m_entries.size() ? m_entries[outside].id : m_lastId + 1, true};
}

const ReplayLog::Entry *ReplayLog::from(std::uint64_t id) const
{
    const auto found = std::lower_bound(m_entries.begin(), m_entries.end(), id,
                                        [](const Entry &entry, std::uint64_t wanted) { return entry.id < wanted; });
    return found == m_entries.end() ? nullptr : &*found;
}

void ReplayLog::trim(std::uint64_t needed, std::uint64_t byteLimit)
{
    while (!m_entries.empty() &&
           ((m_entries.size() > m_window && m_entries.front().id < needed) || m_bytes > byteLimit)) {
        m_bytes -= m_entries.front().event.size();
        m_forgotten = m_entries.front().id;
        m_entries.pop_front();
    }
}

} // namespace pushscope::demo
