#include "core/insight/ratehistory.h"

#include <algorithm>

namespace pushscope {

void RateHistory::add(std::int64_t time, std::uint32_t count)
{
    const std::int64_t since = std::max<std::int64_t>(0, time - m_begin);
    while (since / m_width >= static_cast<std::int64_t>(Limit)) {
        for (std::size_t i = 0; i < m_counts.size(); i += 2)
            m_counts[i / 2] = m_counts[i] + (i + 1 < m_counts.size() ? m_counts[i + 1] : 0);
        m_counts.resize((m_counts.size() + 1) / 2);
        m_width *= 2;
    }
    const auto bucket = static_cast<std::size_t>(since / m_width);
    if (bucket >= m_counts.size())
        m_counts.resize(bucket + 1);
    m_counts[bucket] += count;
}

} // namespace pushscope
