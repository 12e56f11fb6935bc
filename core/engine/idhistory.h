#pragma once

#include "core/base/ids.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace pushscope {

/// Which records set the last event ID: the first of all and the latest, and where connections ended between them. What
/// they set is in their bytes, should somebody ask.
class IdHistory
{
public:
    static constexpr std::size_t Remembered = 1024;

    void note(Seq record)
    {
        if (m_count == 0)
            m_first = record;
        m_latest[m_count++ % Remembered] = record;
    }
    /// What comes next comes on another connection.
    void noteBreak()
    {
        if (m_count != 0 && m_latest[(m_count - 1) % Remembered].isValid())
            m_latest[m_count++ % Remembered] = Seq();
    }
    /// An invalid one stands where others lie between, or a connection ended.
    [[nodiscard]] std::vector<Seq> inOrder() const
    {
        std::vector<Seq> records;
        if (m_count > Remembered)
            records = {m_first, Seq()};
        for (std::size_t i = m_count - std::min(m_count, Remembered); i < m_count; ++i)
            records.push_back(m_latest[i % Remembered]);
        return records;
    }

private:
    std::array<Seq, Remembered> m_latest{};
    std::size_t m_count = 0;
    Seq m_first;
};

} // namespace pushscope
