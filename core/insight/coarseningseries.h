#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pushscope {

/// What happened over time, in at most `limit` buckets of equal width: whenever time has run out of them they are twice
/// as wide. A Bucket has add(const Bucket &later).
template <class Bucket>
class CoarseningSeries
{
public:
    CoarseningSeries(std::int64_t width, std::size_t limit) : m_width(width), m_limit(limit) {}

    /// The bucket of a time, nanoseconds; times before the first one count as that.
    [[nodiscard]] Bucket &at(std::int64_t time)
    {
        if (m_buckets.empty())
            m_begin = time;
        const std::int64_t since = time > m_begin ? time - m_begin : 0;
        while (since / m_width >= static_cast<std::int64_t>(m_limit))
            coarsen();
        const auto index = static_cast<std::size_t>(since / m_width);
        if (index >= m_buckets.size())
            m_buckets.resize(index + 1);
        return m_buckets[index];
    }
    template <class Change>
    void forEach(Change change)
    {
        for (Bucket &bucket : m_buckets)
            change(bucket);
    }
    [[nodiscard]] const std::vector<Bucket> &buckets() const { return m_buckets; }
    [[nodiscard]] std::int64_t width() const { return m_width; }
    /// Where the first one begins.
    [[nodiscard]] std::int64_t begin() const { return m_begin; }

private:
    void coarsen()
    {
        for (std::size_t i = 0; i < m_buckets.size(); ++i) {
            if (i % 2 == 0)
                m_buckets[i / 2] = m_buckets[i];
            else
                m_buckets[i / 2].add(m_buckets[i]);
        }
        m_buckets.resize((m_buckets.size() + 1) / 2);
        m_width *= 2;
    }

    std::vector<Bucket> m_buckets;
    std::int64_t m_begin = 0;
    std::int64_t m_width;
    std::size_t m_limit;
};

} // namespace pushscope
