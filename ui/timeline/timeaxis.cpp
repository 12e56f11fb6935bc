#include "ui/timeline/timeaxis.h"

#include <algorithm>
#include <array>

namespace pushscope {

void TimeAxis::setSpan(double start, double span)
{
    m_start = start;
    m_span = std::clamp(span, ShortestSpan, LongestSpan);
}

void TimeAxis::zoom(double factor, double pixel)
{
    const double fixed = timeAt(pixel);
    m_span = std::clamp(m_span * factor, ShortestSpan, LongestSpan);
    m_start = fixed - pixel * perPixel();
}

std::int64_t TimeAxis::labelStep(int pixels) const
{
    constexpr std::int64_t Second = 1'000'000'000;
    constexpr std::int64_t Minute = 60 * Second;
    constexpr std::int64_t Hour = 60 * Minute;
    static constexpr std::array<std::int64_t, 14> longSteps = {
        Second,     2 * Second, 5 * Second,  10 * Second, 15 * Second, 30 * Second, Minute,
        2 * Minute, 5 * Minute, 10 * Minute, 30 * Minute, Hour,        6 * Hour,    24 * Hour};
    const double wanted = perPixel() * pixels;
    for (std::int64_t step = 1000; step < Second; step *= 10) {
        for (const std::int64_t factor : {1, 2, 5}) {
            if (double(step * factor) >= wanted)
                return step * factor;
        }
    }
    const auto found = std::find_if(longSteps.begin(), longSteps.end(),
                                    [wanted](std::int64_t step) { return double(step) >= wanted; });
    return found == longSteps.end() ? longSteps.back() : *found;
}

} // namespace pushscope
