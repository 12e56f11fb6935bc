#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace pushscope {

/// What was sent, newest last, and the draft behind it, to go back and forth in.
template <class Entry>
class SendHistory
{
public:
    static constexpr std::size_t Limit = 200;

    void note(Entry sent)
    {
        if (m_entries.empty() || !(m_entries.back() == sent)) {
            m_entries.push_back(std::move(sent));
            if (m_entries.size() > Limit)
                m_entries.erase(m_entries.begin());
        }
        forgetPlace();
    }
    /// The next thing composed is a draft again.
    void forgetPlace() { m_at = m_entries.size(); }
    /// One step back (-1) or forth (1) from `current`; nothing at either end.
    [[nodiscard]] std::optional<Entry> recall(int step, const Entry &current)
    {
        if (step < 0 ? m_at == 0 : m_at == m_entries.size())
            return {};
        if (m_at == m_entries.size())
            m_draft = current;
        m_at += std::size_t(step);
        return m_at < m_entries.size() ? m_entries[m_at] : m_draft;
    }

private:
    std::vector<Entry> m_entries;
    std::size_t m_at = 0; ///< their number: the draft
    Entry m_draft{};      ///< while something sent stands in its place
};

} // namespace pushscope
