#pragma once

#include <cstdint>
#include <vector>

namespace pushscope {

/// How many things happened over time, in buckets of one width: when they become too many, each takes in its
/// neighbour.
class RateHistory
{
public:
    static constexpr std::size_t Limit = 256;
    static constexpr std::int64_t FirstWidth = 50'000'000; ///< ns

    void begin(std::int64_t time) { m_begin = time; }
    /// Times before begin() count as then.
    void add(std::int64_t time, std::uint32_t count = 1);

    [[nodiscard]] std::int64_t begin() const { return m_begin; }
    [[nodiscard]] std::int64_t width() const { return m_width; }
    [[nodiscard]] const std::vector<std::uint32_t> &counts() const { return m_counts; }

private:
    std::int64_t m_begin = 0;
    std::int64_t m_width = FirstWidth;
    std::vector<std::uint32_t> m_counts;
};

} // namespace pushscope
